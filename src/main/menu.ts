import type { MenuItemConstructorOptions } from "electron";
import { type Keymap, toKeymap } from "#shared/domain/keymap.ts";
import type { KeySettings } from "#shared/domain/keys.ts";
import { MENUS, type MenuActionId, menuAction, menuActions } from "#shared/menu-actions.ts";
import { toAccelerator } from "./accelerator.ts";

const DOCS_URL = "https://docs.api.video/reference/create-and-manage-webhooks";

export interface MenuDeps {
  readonly platform: NodeJS.Platform;
  /** Which keys are in force, so that the menu shows them. */
  readonly keys: KeySettings;
  readonly openLink: (url: string) => void;
  /** Has the page do it. */
  readonly runAction: (id: MenuActionId) => void;
}

/** The menu of the desktop's conventions, with the app's own actions under the names and keys that the page has them. */
export function menuTemplate({ platform, keys, openLink, runAction }: MenuDeps): MenuItemConstructorOptions[] {
  const isMac = platform === "darwin";
  const keymap = toKeymap(menuActions(), keys);
  const entry = (id: MenuActionId) => toItem(id, keymap, isMac, runAction);
  const line: MenuItemConstructorOptions = { type: "separator" };
  return [
    ...(isMac ? [appMenu(entry("settings.open"))] : []),
    {
      label: "File",
      submenu: [
        entry("event.trigger"),
        entry("deliveries.import"),
        line,
        ...(isMac ? [] : [entry("settings.open"), line]),
        { role: isMac ? "close" : "quit" },
      ],
    },
    { role: "editMenu" },
    ...MENUS.map(({ title, entries }) => ({
      label: title,
      submenu: entries.map((id) => (id === null ? line : entry(id))),
    })),
    { role: "viewMenu" },
    { role: "windowMenu" },
    {
      role: "help",
      submenu: [
        entry("shortcuts.show"),
        line,
        { label: "api.video webhooks documentation", click: () => openLink(DOCS_URL) },
      ],
    },
  ];
}

function toItem(
  id: MenuActionId,
  keymap: Keymap,
  isMac: boolean,
  runAction: (id: MenuActionId) => void,
): MenuItemConstructorOptions {
  const accelerator = toAccelerator(keymap.get(id)?.[0], isMac);
  return {
    id,
    label: menuAction(id).label,
    click: () => runAction(id),
    ...(accelerator !== null && { accelerator }),
    // The page listens to its keys itself, and knows when somebody types; the menu only shows them.
    registerAccelerator: false,
  };
}

/** As the role of that name has it, and the settings where every app of macOS has them. */
function appMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: "appMenu",
    submenu: [
      { role: "about" },
      { type: "separator" },
      settings,
      { type: "separator" },
      { role: "services" },
      { type: "separator" },
      { role: "hide" },
      { role: "hideOthers" },
      { role: "unhide" },
      { type: "separator" },
      { role: "quit" },
    ],
  };
}
