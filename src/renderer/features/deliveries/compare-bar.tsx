import { Diff } from "lucide-react";
import { keepFocus } from "../../actions/regions.ts";
import { runAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { deliveriesOf } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { useActionKey } from "../common/action-key.tsx";
import { titleOf } from "../common/delivery-words.ts";

/** While a delivery is marked to be compared: which one, and with what. */
export function CompareBar() {
  const app = useApp();
  const marked = useAppState(({ view }) => view.comparedId);
  const delivery = useAppState((state) => deliveriesOf(state).find(({ id }) => id === state.view.comparedId));
  const isOther = useAppState(({ view }) => view.selectedId !== null && view.selectedId !== view.comparedId);
  const { aria } = useActionKey("compare.mark");
  if (marked === null) return null;
  const cancel = (): void => {
    setView(app.store, { comparedId: null });
    keepFocus();
  };
  return (
    <section
      aria-label="Comparing"
      className="flex flex-none flex-wrap items-center gap-2 border-t border-line bg-s2 px-3 py-1.5"
    >
      <Diff aria-hidden="true" size={14} className="flex-none text-accent" />
      <p role="status" className="min-w-0 flex-1 basis-40 text-t2">
        Comparing <b>{delivery === undefined ? marked : <SafeText text={titleOf(delivery)} />}</b>{" "}
        <span className="font-mono text-code text-t3">{marked}</span>
        {isOther ? "" : ": select another delivery"}
      </p>
      <Button disabled={!isOther} aria-keyshortcuts={aria} onClick={() => runAction(app, "compare.mark")}>
        Compare
      </Button>
      <Button onClick={cancel}>Cancel</Button>
    </section>
  );
}
