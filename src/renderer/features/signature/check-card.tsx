import type { ReactNode } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import type { Diagnosis } from "#shared/domain/verification.ts";
import { formatBytes } from "../../theme/format.ts";
import { Card } from "../../ui/card.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { countDifferences, isDigest, strangePlaces, toHex } from "./digest.ts";
import { DigestText } from "./digest-text.tsx";
import { fitWords } from "./fit-words.ts";

/** The whole calculation in rows that the eye can compare: what was signed, with what, what came, what we computed. */
export function CheckCard({ delivery }: { delivery: DeliveryDetail }) {
  const { diagnosis, incomplete } = delivery;
  const { received, computed, evidence } = diagnosis;
  const fits = evidence === null ? null : fitWords(evidence);
  return (
    <Card title="The check" aside="HMAC-SHA256 of the body, in hex">
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 max-sm:grid-cols-1">
        <Row label="Signed bytes">
          <SignedBytes delivery={delivery} />
        </Row>
        <Row label="Secret">
          <SecretWords delivery={delivery} />
        </Row>
        <Row label="Came" copy={received}>
          {received === null ? "No X-Api-Video-Signature header." : <DigestText text={received} />}
        </Row>
        {evidence?.kind === "signature-encoding" && received !== null && (
          <Row label="Read as hex">
            <DigestText text={toHex(received, evidence.encodings)} other={computed} />
          </Row>
        )}
        <Row label="Computed" copy={computed}>
          {computed === null ? (
            notComputedWords(delivery)
          ) : (
            <DigestText text={computed} other={received !== null && isComparable(received) ? received : null} />
          )}
        </Row>
        {fits !== null && (
          <Row label="It fits">
            <span className="wrap-anywhere">
              <SafeText text={`${fits}.`} />
            </span>
          </Row>
        )}
      </dl>
      {incomplete === undefined && <p className="mt-2.5 text-small text-t3">{comparisonWords(diagnosis)}</p>}
    </Card>
  );
}

function Row({ label, copy = null, children }: { label: string; copy?: string | null; children: ReactNode }) {
  return (
    <>
      <dt className="pt-0.5 text-t3">{label}</dt>
      <dd className="flex min-h-6 min-w-0 items-center gap-1 text-t1">
        <div className="min-w-0">{children}</div>
        {copy !== null && (
          <span className="self-start">
            <CopyButton text={copy} label={`Copy signature: ${label.toLowerCase()}`} />
          </span>
        )}
      </dd>
    </>
  );
}

function SignedBytes({ delivery: { bodyBytes, bodySha256, incomplete } }: { delivery: DeliveryDetail }) {
  return (
    <>
      {incomplete === undefined ? "The whole body" : "Only a part of the body is here"}, {formatBytes(bodyBytes)},
      exactly as {incomplete === undefined ? "it" : "that"} came
      <div className="flex min-w-0 items-start gap-1 text-t3">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          SHA-256 <DigestText text={bodySha256} />
        </span>
        <CopyButton text={bodySha256} label="Copy SHA-256 of the body" />
      </div>
    </>
  );
}

function SecretWords({ delivery: { diagnosis, webhookId, incomplete } }: { delivery: DeliveryDetail }) {
  const { secretOf } = diagnosis;
  if (incomplete !== undefined) return "Not used: a signature is over all bytes.";
  if (secretOf === null)
    return webhookId === undefined ? "None is known that is sure to count." : "None is known for it.";
  if (secretOf !== webhookId) {
    return (
      <span className="wrap-anywhere">
        That of <code>{secretOf}</code>
        {webhookId === undefined
          ? ", because the delivery names no webhook"
          : ", which counts for every unknown webhook"}
      </span>
    );
  }
  return (
    <span className="wrap-anywhere">
      That of{" "}
      <code>
        <SafeText text={secretOf} />
      </code>
      , which its X-Api-Video-WebhookID header names
    </span>
  );
}

function notComputedWords({ incomplete }: DeliveryDetail): string {
  return incomplete === undefined ? "Nothing to compute it with." : "Not computed: the body is not whole.";
}

/** Digit by digit only where digits can be paired: as a digest, or one in upper case. */
function isComparable(received: string): boolean {
  return isDigest(received.toLowerCase());
}

function comparisonWords({ received, computed, evidence }: Diagnosis): string {
  const count = countDifferences(received, computed);
  if (count === 0) return "Every digit is the same.";
  if (count !== null) {
    return `${count} of 64 digits differ; they are underlined. One changed bit of body or secret changes nearly all of them.`;
  }
  if (received === null) return "Nothing came that could be compared.";
  if (computed === null) return "Without a secret there is nothing to compare it with.";
  if (evidence?.kind === "signature-encoding")
    return "Read as hex, every digit is the same: only the notation is wrong.";
  const strange = strangePlaces(received).length;
  return `api.video writes 64 lower-case hex digits. This has ${received.length} characters, ${strange === 0 ? "all of them" : `${received.length - strange} of them`} such digits.`;
}
