import { FileCheck, GitCompare, ListRestart, type LucideIcon, Pin, Trash2, X } from "lucide-react";
import { isPossible, needsEngine, runAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatCount } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";

/** What can be done with several deliveries, where it makes sense of how many there are: actions that work on `targetIds`, in the order of the bar. */
const SELECTION_ACTIONS: readonly { readonly id: string; readonly word: string; readonly icon: LucideIcon }[] = [
  { id: "delivery.pin", word: "Pin", icon: Pin },
  { id: "run.marked", word: "Replay…", icon: ListRestart },
  { id: "compare.marked", word: "Compare", icon: GitCompare },
  { id: "delivery.saveFixture", word: "Save as fixtures", icon: FileCheck },
  { id: "delivery.delete", word: "Delete", icon: Trash2 },
  { id: "mark.clear", word: "Unmark", icon: X },
];

/** While deliveries are marked: how many, and what can be done with all of them. */
export function SelectionBar() {
  const app = useApp();
  const count = useAppState(({ view }) => view.markedIds.size);
  const isPinned = useAppState(({ mirror, view }) => {
    const known = mirror?.list.items.filter(({ id }) => view.markedIds.has(id)) ?? [];
    return known.length > 0 && known.every(({ pinned }) => pinned);
  });
  return (
    <div role="status" aria-label="Marked deliveries">
      {count > 0 && (
        <div className="flex flex-wrap items-center gap-1.5 border-t border-line bg-accent-s px-3 py-1.5 text-t1">
          <b className="mr-auto tabular-nums">{formatCount(count)} marked</b>
          {SELECTION_ACTIONS.filter(({ id }) => isPossible(id, app.store.getState())).map(
            ({ id, word, icon: Icon }) => (
              <Button key={id} needsEngine={needsEngine(id)} onClick={() => runAction(app, id)}>
                <Icon aria-hidden="true" size={13} />
                {id === "delivery.pin" && isPinned ? "Unpin" : word}
              </Button>
            ),
          )}
        </div>
      )}
    </div>
  );
}
