import type { ReactNode } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { showInDetail } from "../../actions/delivery-actions.ts";
import { runAction } from "../../actions/registry.ts";
import { useApp } from "../../app-context.ts";
import { formatIso } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { clockWords, latenessOf, latenessWords } from "./lateness.ts";
import { overviewSentence } from "./overview-sentence.ts";

/** What happened in a sentence, and the few facts that one looks up or copies. */
export function SummaryCard({ delivery }: { delivery: DeliveryDetail }) {
  const { id, webhookId, emittedAt, receivedAt, source, duplicateOf, originId } = delivery;
  const app = useApp();
  const lateness = latenessOf(delivery);
  return (
    <section aria-label="In short" className="grid gap-2.5">
      <p className="max-w-3xl text-[0.875rem] leading-relaxed text-t1 wrap-anywhere">
        <SafeText text={overviewSentence(delivery)} />
      </p>
      <dl className="grid grid-cols-[5.75rem_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1 max-sm:grid-cols-1">
        <FactRow label="Delivery">
          <Id text={id} label="Copy delivery id" />
        </FactRow>
        <FactRow label="Webhook">
          {webhookId === undefined ? "names none" : <Id text={webhookId} label="Copy webhook id" />}
        </FactRow>
        <FactRow label={source === "edited" ? "Made" : "First byte"}>
          <code>{formatIso(receivedAt)}</code>
        </FactRow>
        <FactRow label="Emitted">
          {emittedAt === undefined ? (
            "the body does not say"
          ) : (
            <>
              <code className="wrap-anywhere">
                <SafeText text={emittedAt} />
              </code>
              {source !== "edited" && (
                <p className="text-t3">
                  {latenessWords(lateness)}. {clockWords(lateness, source)}
                </p>
              )}
            </>
          )}
        </FactRow>
        {duplicateOf !== undefined && (
          <FactRow label="Repeats">
            <DeliveryLink id={duplicateOf} /> <span className="text-t3">same webhook, same bytes, within a minute</span>
          </FactRow>
        )}
        {originId !== undefined && (
          <FactRow label="Made from">
            <span className="flex flex-wrap gap-2">
              <DeliveryLink id={originId} />
              <Button className="h-6" onClick={() => runAction(app, "compare.original")}>
                Compare with the original
              </Button>
            </span>
          </FactRow>
        )}
      </dl>
    </section>
  );
}

function FactRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-t3">{label}</dt>
      <dd className="min-w-0 text-t2">{children}</dd>
    </>
  );
}

function Id({ text, label }: { text: string; label: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="min-w-0 wrap-anywhere">
        <SafeText text={text} />
      </code>
      <CopyButton text={text} label={label} />
    </span>
  );
}

/** Leads to another delivery; one that is gone says so itself. */
function DeliveryLink({ id }: { id: string }) {
  const app = useApp();
  return (
    <Button className="h-6" onClick={() => showInDetail(app, id)}>
      {id}
    </Button>
  );
}
