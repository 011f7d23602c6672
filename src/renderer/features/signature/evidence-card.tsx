import type { ReactNode } from "react";
import { assertNever } from "#shared/assert-never.ts";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { ALGORITHM_NAMES } from "#shared/domain/variant-words.ts";
import type { Evidence, SignatureAlgorithm } from "#shared/domain/verification.ts";
import { formatPlural } from "../../theme/format.ts";
import { Card } from "../../ui/card.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { SecretButton } from "./diagnosis-notice.tsx";
import { strangePlaces } from "./digest.ts";
import { NOTATION_STEPS, SECRET_PICTURES } from "./evidence-words.ts";
import { TwoBodies } from "./two-bodies.tsx";

/** What proves the cause: of each kind the facts that tell, not the diagnosis once more. */
export function EvidenceCard({ delivery }: { delivery: DeliveryDetail }) {
  const { evidence } = delivery.diagnosis;
  if (evidence === null) return null;
  return (
    <Card title={TITLES[evidence.kind]}>
      <Facts evidence={evidence} delivery={delivery} />
    </Card>
  );
}

const TITLES: Readonly<Record<Evidence["kind"], string>> = {
  "other-secret": "Whose secret it is",
  reserialised: "The bytes that changed",
  "body-variant": "The bytes that changed",
  "signature-encoding": "How it was written",
  "secret-variant": "The key that fits",
  algorithm: "The digest that fits",
  malformed: "Where it breaks",
  "unknown-webhook": "What is missing",
  none: "What was tried",
};

function Facts({ evidence, delivery }: { evidence: Evidence; delivery: DeliveryDetail }) {
  const { received } = delivery.diagnosis;
  switch (evidence.kind) {
    case "reserialised":
    case "body-variant":
      return <TwoBodies id={delivery.id} evidence={evidence} />;
    case "other-secret":
      return (
        <Pairs>
          <Pair label="The delivery names">{delivery.webhookId ?? "no webhook"}</Pair>
          <Pair label="The signature fits">{evidence.fitsSecretOf}</Pair>
        </Pairs>
      );
    case "signature-encoding":
      return (
        <>
          <p>To read it as api.video writes it, this had to be undone:</p>
          <ol className="mt-1 list-decimal pl-6 text-t1">
            {evidence.encodings.map((encoding) => (
              <li key={encoding}>{NOTATION_STEPS[encoding]}</li>
            ))}
          </ol>
        </>
      );
    case "secret-variant":
      return (
        <Pairs>
          <Pair label="It was signed with">{SECRET_PICTURES[evidence.variant].used}</Pair>
          <Pair label="The key is">{SECRET_PICTURES[evidence.variant].right}</Pair>
        </Pairs>
      );
    case "algorithm":
      return (
        <Pairs>
          <Pair label="Came">{`${ALGORITHM_NAMES[evidence.algorithm]}, ${HEX_DIGITS[evidence.algorithm]} hex digits`}</Pair>
          <Pair label="api.video sends">HMAC-SHA256, 64 hex digits</Pair>
        </Pairs>
      );
    case "malformed":
      return <Malformed received={received ?? ""} problem={evidence.problem} />;
    case "unknown-webhook":
      return (
        <div className="grid justify-items-start gap-2.5">
          <p className="wrap-anywhere">
            The secret of{" "}
            <code className="text-t1">
              <SafeText text={evidence.webhookId} />
            </code>
            . {formatPlural(evidence.secretsTried, "known secret")} tried, none fits: only its own can tell.
          </p>
          <SecretButton webhookId={evidence.webhookId} />
        </div>
      );
    case "none":
      return (
        <ul className="list-disc pl-5">
          <li>{formatPlural(evidence.secretsTried, "secret")}, past ones too, over exactly these bytes</li>
          <li>
            {formatPlural(evidence.variationsTried, "variation")}, of those that change anything: JSON as
            JSON.stringify, Python and PHP write it; line ends, byte order mark and character set; the secret without
            sig_sec_, in quotation marks or with a newline; base64, upper case, SHA-1, SHA-384 and SHA-512
          </li>
          <li>What is left: a secret that is not known here, or a body that was changed in its content</li>
        </ul>
      );
    default:
      return assertNever(evidence);
  }
}

const HEX_DIGITS: Readonly<Record<SignatureAlgorithm, number>> = {
  sha1: 40,
  sha384: 96,
  sha512: 128,
  "sha256-without-key": 64,
};

function Pairs({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3 gap-y-1 max-sm:grid-cols-1">{children}</dl>;
}

function Pair({ label, children }: { label: string; children: string }) {
  return (
    <>
      <dt className="text-t3">{label}</dt>
      <dd className="min-w-0 text-t1">
        <code className="wrap-anywhere">
          <SafeText text={children} />
        </code>
      </dd>
    </>
  );
}

/** What is no digit is marked where it stands. */
function Malformed({ received, problem }: { received: string; problem: string }) {
  const strange = new Set(strangePlaces(received));
  return (
    <>
      <p>The header {problem}.</p>
      {received !== "" && (
        <pre className="mt-2 rounded-md bg-s2 px-2.5 py-2 leading-[1.6] whitespace-pre-wrap text-t1 wrap-anywhere">
          {toRuns(received, strange).map(({ offset, text, isStrange }) =>
            isStrange ? (
              <mark
                key={offset}
                className="rounded-sm bg-bad-s font-semibold text-bad underline decoration-2 underline-offset-2"
              >
                <SafeText text={text.replaceAll(" ", "·")} />
              </mark>
            ) : (
              <span key={offset}>{text}</span>
            ),
          )}
        </pre>
      )}
    </>
  );
}

/** Neighbours of a kind together. */
function toRuns(text: string, strange: ReadonlySet<number>): { offset: number; text: string; isStrange: boolean }[] {
  const runs: { offset: number; text: string; isStrange: boolean }[] = [];
  for (const [offset, character] of [...text].entries()) {
    const isStrange = strange.has(offset);
    const last = runs.at(-1);
    if (last?.isStrange === isStrange) last.text += character;
    else runs.push({ offset, text: character, isStrange });
  }
  return runs;
}
