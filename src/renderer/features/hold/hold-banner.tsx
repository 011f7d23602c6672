import { type HoldState, MAX_HELD } from "#shared/domain/hold.ts";
import { runAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";

/** That deliveries are held, or will be: nobody shall wonder why their server gets nothing. */
export function HoldBanner({ hold }: { hold: HoldState }) {
  const app = useApp();
  const { rule, held } = hold;
  const isSelected = useAppState(({ view }) => view.selectedId === held[0]?.deliveryId && view.area === "deliveries");
  const actions = (
    <span className="flex flex-wrap gap-2">
      {held.length > 0 && !isSelected && <Button onClick={() => runAction(app, "hold.show")}>Show it</Button>}
      {held.length > 0 && (
        <Button needsEngine onClick={() => runAction(app, "hold.forwardAll")}>
          {held.length === 1 ? "Forward it" : "Forward all"}
        </Button>
      )}
      {rule !== null && (
        <Button needsEngine onClick={() => runAction(app, "hold.clear")}>
          Hold no more
        </Button>
      )}
    </span>
  );
  return (
    <section aria-label="Hold" className="flex-none">
      <Notice tone="info" isBanner action={actions}>
        <span role="status">
          {held.length > 0 && (
            <>
              <b>{`${formatPlural(held.length, "delivery is", "deliveries are")} held`}</b> until you say what becomes
              of {held.length === 1 ? "it" : "them"}.{" "}
            </>
          )}
          {rule !== null && held.length >= MAX_HELD && "No more can wait: what comes now is forwarded at once."}
          {rule !== null && held.length < MAX_HELD && (
            <>
              {ruleWords(rule.next)}
              {rule.query === "" ? (
                ", whatever it is"
              ) : (
                <>
                  {" that matches "}
                  <code className="wrap-anywhere">
                    <SafeText text={rule.query} />
                  </code>
                </>
              )}
              {" will be held before it is forwarded."}
            </>
          )}
        </span>
      </Notice>
    </section>
  );
}

function ruleWords(next: number | null): string {
  if (next === null) return "Every delivery";
  return next === 1 ? "The next delivery" : `Each of the next ${next} deliveries`;
}
