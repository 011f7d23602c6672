import clsx from "clsx";
import {
  Cable,
  ChartNoAxesGantt,
  ListRestart,
  ListTree,
  type LucideIcon,
  Settings,
  Split,
  Webhook,
} from "lucide-react";
import { useApp, useAppState } from "../../app-context.ts";
import type { Area } from "../../state/hash.ts";
import { setView } from "../../state/store.ts";

const ENTRIES: readonly { area: Area; label: string; icon: LucideIcon; isLast?: true }[] = [
  { area: "deliveries", label: "Deliveries", icon: ListTree },
  { area: "timeline", label: "Timeline", icon: ChartNoAxesGantt },
  { area: "replays", label: "Replays", icon: ListRestart },
  { area: "forwarding", label: "Forwarding", icon: Split },
  { area: "connection", label: "Connection", icon: Cable },
  { area: "webhooks", label: "Webhooks", icon: Webhook },
  { area: "settings", label: "Settings", icon: Settings, isLast: true },
];

/** The areas of the app: a rail at the left, or a bar at the bottom of a narrow window. */
export function NavRail() {
  const app = useApp();
  const area = useAppState(({ view }) => view.area);
  return (
    <nav
      aria-label="Areas"
      data-region="nav"
      tabIndex={-1}
      className="flex flex-none border-line sm:gap-1 bg-s1 sm:min-w-17 sm:flex-col sm:border-r sm:py-2 max-sm:order-last max-sm:flex-wrap max-sm:border-t"
    >
      {ENTRIES.map(({ area: entry, label, icon: Icon, isLast }) => (
        <button
          key={entry}
          type="button"
          aria-current={entry === area ? "page" : undefined}
          onClick={() => setView(app.store, { area: entry })}
          className={clsx(
            "grid h-12 justify-items-center content-center gap-0.5 rounded-lg px-1 text-tiny max-sm:flex-auto sm:mx-1",
            entry === area ? "bg-accent-s text-accent" : "text-t3 hover:bg-s2 hover:text-t1",
            isLast && "sm:mt-auto",
          )}
        >
          <Icon aria-hidden="true" size={18} strokeWidth={1.8} />
          {/* Seven words in one narrow line would run into each other: there, only that of the open area is shown. */}
          <span className={clsx(entry !== area && "max-[25rem]:sr-only")}>{label}</span>
        </button>
      ))}
    </nav>
  );
}
