import { ListRestart, Rows2, Rows4, Trash2 } from "lucide-react";
import { useRef } from "react";
import { runAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { queryToApply } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { useHandOnFocus } from "../common/use-hand-on-focus.ts";
import type { Density } from "./list-form.ts";

/**
 * What concerns the list as a whole: how dense it is, and the end of it. In a window with hardly room for a row it gives
 * way: the settings have both.
 */
export function ListFooter() {
  const density = useAppState(({ mirror }) => mirror?.settings.values.density);
  const isEmpty = useAppState(({ mirror }) => mirror === null || mirror.counts.total === 0);
  if (density === undefined || isEmpty) return null;
  return <Footer density={density} />;
}

function Footer({ density }: { density: Density }) {
  const app = useApp();
  const bar = useRef<HTMLDivElement>(null);
  // All deliveries may go by its own button.
  useHandOnFocus(bar);
  const isFiltered = useAppState((state) => queryToApply(state) !== "");
  const isCompact = density === "compact";
  const toggle = (): void => app.attempt(() => app.saveSettings({ density: isCompact ? "comfortable" : "compact" }));
  const Icon = isCompact ? Rows4 : Rows2;
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label="List"
      className="flex flex-wrap items-center gap-1 border-t border-line px-2 py-1 short:hidden"
    >
      <Button
        needsEngine
        aria-pressed={isCompact}
        onClick={toggle}
        className="border-transparent bg-transparent px-2 text-small"
      >
        <Icon aria-hidden="true" size={13} />
        Compact rows
      </Button>
      <Button
        needsEngine
        onClick={() => runAction(app, "run.found")}
        className="border-transparent bg-transparent px-2 text-small"
      >
        <ListRestart aria-hidden="true" size={13} />
        {isFiltered ? "Replay what is found…" : "Replay all…"}
      </Button>
      <Button
        needsEngine
        onClick={() => runAction(app, "deliveries.clear")}
        className="ml-auto border-transparent bg-transparent px-2 text-small"
      >
        <Trash2 aria-hidden="true" size={13} />
        Clear all deliveries…
      </Button>
    </div>
  );
}
