import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { CheckCard } from "./check-card.tsx";
import { DiagnosisNotice } from "./diagnosis-notice.tsx";
import { EvidenceCard } from "./evidence-card.tsx";
import { FixCard } from "./fix-card.tsx";
import { ProofCard } from "./proof-card.tsx";
import { TrySecretCard } from "./try-secret-card.tsx";

/** The signature in full: the cause, the calculation, its evidence, another secret to try, and the fix as code. */
export function SignatureTab({ delivery }: { delivery: DeliveryDetail }) {
  const { diagnosis, incomplete } = delivery;
  const canTry = diagnosis.received !== null && diagnosis.state !== "verified" && incomplete === undefined;
  return (
    <div className="grid gap-4">
      <DiagnosisNotice diagnosis={diagnosis} />
      <CheckCard delivery={delivery} />
      <EvidenceCard delivery={delivery} />
      {canTry && <TrySecretCard delivery={delivery} />}
      {diagnosis.state !== "failed" && <ProofCard delivery={delivery} state={diagnosis.state} />}
      <FixCard verification={diagnosis} />
    </div>
  );
}
