import { ArrowRight } from "lucide-react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { focusRegion } from "../../actions/regions.ts";
import { useApp } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { DiagnosisNotice, SecretButton } from "../signature/diagnosis-notice.tsx";
import { isDigest } from "../signature/digest.ts";
import { DigestText } from "../signature/digest-text.tsx";
import { hasTwoBodies, TwoBodies } from "../signature/two-bodies.tsx";

/** Whether the signature holds, in short; the Signature tab has the rest. */
export function SignatureCard({ delivery }: { delivery: DeliveryDetail }) {
  const app = useApp();
  const { diagnosis } = delivery;
  const { received, computed, secretOf, evidence } = diagnosis;
  const aside = secretOf === null ? "HMAC-SHA256" : `HMAC-SHA256 · secret of ${secretOf}`;
  const open = (): void => {
    setView(app.store, { tab: "signature" });
    // The button goes with the tab it is in.
    focusRegion("detail");
  };
  const isComparable = received !== null && isDigest(received);
  return (
    <Card title="Signature" aside={aside}>
      <DiagnosisNotice
        diagnosis={diagnosis}
        action={evidence?.kind === "unknown-webhook" && <SecretButton webhookId={evidence.webhookId} />}
      />
      {received !== null && (
        <dl className="mt-3 grid grid-cols-[5.75rem_minmax(0,1fr)] gap-x-3 gap-y-1 max-sm:grid-cols-1">
          <dt className="text-t3">Came</dt>
          <dd className="text-t1">
            <DigestText text={received} />
          </dd>
          <dt className="text-t3">Computed</dt>
          <dd className="text-t1">
            {computed === null ? (
              "Nothing to compute it with."
            ) : (
              <DigestText text={computed} other={isComparable ? received : null} />
            )}
          </dd>
        </dl>
      )}
      {hasTwoBodies(evidence) && (
        <div className="mt-3">
          <TwoBodies id={delivery.id} evidence={evidence} isBrief />
        </div>
      )}
      <Button className="mt-3" onClick={open}>
        {diagnosis.state === "verified" ? "How it was checked" : "Evidence and fix"}
        <ArrowRight aria-hidden="true" size={14} />
      </Button>
    </Card>
  );
}
