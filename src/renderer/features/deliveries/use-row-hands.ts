import { useMemo } from "react";
import { select } from "../../actions/list-actions.ts";
import { markTo, toggleFold, toggleMark } from "../../actions/mark-actions.ts";
import { focusRegion } from "../../actions/regions.ts";
import { useApp } from "../../app-context.ts";
import { useLayout } from "../../ui/use-layout.ts";
import type { RowHands } from "./row-hands.ts";

/** What clicks in rows do: select, mark with Ctrl or Cmd, mark a range with Shift, open folds, copy ids. */
export function useRowHands(): RowHands {
  const app = useApp();
  const layout = useLayout();
  return useMemo(
    () => ({
      onPick(id, event) {
        if (event.shiftKey || event.ctrlKey || event.metaKey) {
          if (event.shiftKey) markTo(app, id);
          else toggleMark(app, id);
          focusRegion("list");
          return;
        }
        select(app, id, { open: true });
        focusRegion(layout === "narrow" ? "detail" : "list");
      },
      onMark: (id) => toggleMark(app, id),
      onFold: (foldId) => toggleFold(app, foldId),
      onCopy: app.shell.capabilities.copyText
        ? (id, kind) =>
            app.attempt(async () => {
              await app.shell.copyText(id);
              app.toast(`Copied the ${kind} id ${id}.`);
            })
        : undefined,
    }),
    [app, layout],
  );
}
