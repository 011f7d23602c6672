import type { Diagnosis, VerificationState } from "#shared/domain/verification.ts";
import { useApp } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { EvidenceView } from "./evidence-view.tsx";

const TONES = { verified: "ok", failed: "bad", unsigned: "info", unchecked: "warn" } as const satisfies Readonly<
  Record<VerificationState, string>
>;

/** Whether the signature holds, in words, and what was found where it does not. */
export function SignatureCard({ diagnosis, webhookId }: { diagnosis: Diagnosis; webhookId: string | undefined }) {
  const { received, computed, secretOf } = diagnosis;
  const aside = secretOf === null ? "HMAC-SHA256" : `HMAC-SHA256 · secret of ${secretOf}`;
  return (
    <Card title="Signature" aside={aside}>
      <Notice tone={TONES[diagnosis.state]} action={<SecretButton diagnosis={diagnosis} webhookId={webhookId} />}>
        <b>{diagnosis.title}</b> {diagnosis.explanation}
        {diagnosis.advice !== "" && <p className="mt-1">{diagnosis.advice}</p>}
      </Notice>
      {(received !== null || computed !== null) && (
        <dl className="mt-3 grid grid-cols-[5.75rem_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 max-sm:grid-cols-1">
          <Digest label="Came" text={received} other={computed} absent="no signature" />
          <Digest label="Computed" text={computed} other={received} absent="nothing to compute it with" isMarked />
        </dl>
      )}
      <EvidenceView evidence={diagnosis.evidence} />
    </Card>
  );
}

/** The way out where a secret is what is missing. */
function SecretButton({ diagnosis, webhookId }: { diagnosis: Diagnosis; webhookId: string | undefined }) {
  const app = useApp();
  if (diagnosis.state !== "unchecked" || webhookId === undefined) return null;
  return (
    <Button onClick={() => setView(app.store, { dialog: { kind: "webhook-secret", webhookId } })}>
      Enter its secret
    </Button>
  );
}

function Digest(props: {
  label: string;
  text: string | null;
  other: string | null;
  /** What stands where there is none. */
  absent: string;
  isMarked?: boolean;
}) {
  const { label, text, other, absent, isMarked = false } = props;
  const differs = isMarked && text !== null && other !== null && text !== other;
  return (
    <>
      <dt className="text-t3">{label}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <code className={differs ? "rounded-sm bg-bad-s wrap-anywhere text-bad" : "wrap-anywhere"}>
          {text === null ? absent : <SafeText text={text} />}
        </code>
        {text !== null && <CopyButton text={text} label={`Copy signature: ${label.toLowerCase()}`} />}
      </dd>
    </>
  );
}
