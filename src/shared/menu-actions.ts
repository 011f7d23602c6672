/** What the desktop's menu has to know of an action; the page's registry adds what it does and when. */
export interface MenuAction {
  readonly label: string;
  /** Before the user changes them, as in domain/keys.ts. */
  readonly keys: readonly string[];
}

/** The actions that the desktop's menu offers, by id. */
const MENU_ACTIONS = {
  "palette.open": { label: "Commands", keys: ["$mod+k"] },
  "event.trigger": { label: "Trigger event", keys: ["t"] },
  "deliveries.import": { label: "Import deliveries…", keys: [] },
  "missed.show": { label: "What did I miss in the last gap?", keys: ["m"] },
  "settings.open": { label: "Settings", keys: ["$mod+,"] },
  "shortcuts.show": { label: "All keys", keys: ["[Shift]+?"] },
  "url.copy": { label: "Copy the address for webhooks", keys: [] },
  "tunnel.open": { label: "Open the tunnel", keys: [] },
  "tunnel.close": { label: "Close the tunnel", keys: [] },
  "tunnel.prove": { label: "Prove the path now", keys: [] },
  "delivery.replay": { label: "Replay delivery", keys: ["r"] },
  "delivery.edit": { label: "Edit and send", keys: ["e"] },
  "delivery.copyPayload": { label: "Copy payload", keys: ["c"] },
  "delivery.pin": { label: "Pin or unpin", keys: ["p"] },
  "delivery.delete": { label: "Delete delivery", keys: ["Delete"] },
  "filter.focus": { label: "Filter the list", keys: ["/", "$mod+f"] },
  "detail.toggle": { label: "Show or hide the detail", keys: ["$mod+\\"] },
  "area.deliveries": { label: "Deliveries", keys: ["g d"] },
  "area.timeline": { label: "Timeline", keys: ["g t"] },
  "area.replays": { label: "Replays", keys: ["g r"] },
  "area.connection": { label: "Connection", keys: ["g c"] },
  "area.forwarding": { label: "Forwarding", keys: ["g f"] },
  "area.webhooks": { label: "Webhooks", keys: ["g w"] },
} as const satisfies Readonly<Record<string, MenuAction>>;

export type MenuActionId = keyof typeof MENU_ACTIONS;

/** The menus between those every desktop app has, in their order; null is a line between entries. */
export const MENUS: readonly { readonly title: string; readonly entries: readonly (MenuActionId | null)[] }[] = [
  {
    title: "Delivery",
    entries: ["delivery.replay", "delivery.edit", "delivery.copyPayload", null, "delivery.pin", "delivery.delete"],
  },
  {
    title: "Connection",
    entries: ["url.copy", null, "tunnel.open", "tunnel.close", "tunnel.prove", null, "missed.show"],
  },
  {
    title: "Go",
    entries: [
      "palette.open",
      "filter.focus",
      null,
      "area.deliveries",
      "area.timeline",
      "area.replays",
      "area.connection",
      "area.forwarding",
      "area.webhooks",
      null,
      "detail.toggle",
    ],
  },
];

/** Id, label and keys of an action in the menu, for where it is made. */
export function menuAction(id: MenuActionId): MenuAction & { readonly id: MenuActionId } {
  return { id, ...MENU_ACTIONS[id] };
}

/** All of them, for the keys in force. */
export function menuActions(): readonly (MenuAction & { readonly id: MenuActionId })[] {
  // The keys of the table above are all there are.
  return (Object.keys(MENU_ACTIONS) as MenuActionId[]).map(menuAction);
}
