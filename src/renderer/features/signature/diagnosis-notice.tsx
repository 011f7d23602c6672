import type { ReactNode } from "react";
import type { Diagnosis, VerificationState } from "#shared/domain/verification.ts";
import { useApp } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";

const TONES = { verified: "ok", failed: "bad", unsigned: "info", unchecked: "warn" } as const satisfies Readonly<
  Record<VerificationState, string>
>;

/** Whether the signature holds, why not, and what to do about it. */
export function DiagnosisNotice({ diagnosis, action }: { diagnosis: Diagnosis; action?: ReactNode }) {
  return (
    <Notice tone={TONES[diagnosis.state]} action={action}>
      <b>{diagnosis.title}</b> {diagnosis.explanation}
      {diagnosis.advice !== "" && <p className="mt-1">{diagnosis.advice}</p>}
    </Notice>
  );
}

/** The way out where a webhook's secret is what is missing. */
export function SecretButton({ webhookId }: { webhookId: string }) {
  const app = useApp();
  return (
    <Button needsEngine onClick={() => setView(app.store, { dialog: { kind: "webhook-secret", webhookId } })}>
      Enter its secret
    </Button>
  );
}
