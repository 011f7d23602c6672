import {
  Activity,
  Cable,
  ClipboardCopy,
  Command,
  Copy,
  CornerDownRight,
  FileCheck,
  Film,
  GitCompare,
  Hand,
  History,
  Keyboard,
  ListTree,
  type LucideIcon,
  MousePointer2,
  PanelRight,
  Pencil,
  Pin,
  Radio,
  RotateCw,
  Search,
  SearchX,
  Settings,
  SquareTerminal,
  SunMoon,
  Trash2,
  Unplug,
  Webhook,
  Zap,
} from "lucide-react";
import type { ActionGroup } from "../../actions/action.ts";
import type { GroupedAction } from "../../actions/registry.ts";

const BY_ID: Readonly<Record<string, LucideIcon>> = {
  "palette.open": SquareTerminal,
  "event.trigger": Zap,
  "event.triggerOne": Zap,
  "missed.show": History,
  "settings.open": Settings,
  "theme.choose": SunMoon,
  "shortcuts.show": Keyboard,
  "keys.toggleSingle": Keyboard,
  "diagnostics.copy": ClipboardCopy,
  "everything.erase": Trash2,
  "simulator.video": Film,
  "simulator.live-stream": Radio,
  "url.copy": Copy,
  "url.copyListener": Copy,
  "tunnel.close": Unplug,
  "delivery.replay": RotateCw,
  "delivery.edit": Pencil,
  "hold.set": Hand,
  "delivery.copyPayload": ClipboardCopy,
  "delivery.copyId": Copy,
  "delivery.saveFixture": FileCheck,
  "delivery.pin": Pin,
  "delivery.delete": Trash2,
  "compare.mark": GitCompare,
  "compare.original": GitCompare,
  "compare.answers": GitCompare,
  "filter.focus": Search,
  "filter.clear": SearchX,
  "detail.toggle": PanelRight,
  "area.deliveries": ListTree,
  "area.timeline": Activity,
  "area.webhooks": Webhook,
};

const BY_GROUP: Readonly<Record<ActionGroup, LucideIcon>> = {
  Delivery: CornerDownRight,
  List: ListTree,
  Connection: Cable,
  "Go to": CornerDownRight,
  Window: Command,
  "Moving about": MousePointer2,
};

/** The icon of an action, or that of its group: a mark to find it by, never its name. */
export function ActionIcon({ action, size = 15 }: { action: Pick<GroupedAction, "id" | "group">; size?: number }) {
  const Icon = BY_ID[action.id] ?? BY_GROUP[action.group];
  return <Icon aria-hidden="true" size={size} className="flex-none text-t3" />;
}
