import { assertNever } from "#shared/assert-never.ts";
import type { Evidence } from "#shared/domain/verification.ts";
import { useAppState } from "../../app-context.ts";
import { fromBase64 } from "../../client/base64.ts";
import { formatBytes, formatPlural } from "../../theme/format.ts";
import { type BytePiece, pieces, receivedSpans, signedSpans } from "./byte-pieces.ts";

/** What proves the diagnosis: facts of the check, and the two bodies side by side where there are two. */
export function EvidenceView({ evidence }: { evidence: Evidence | null }) {
  if (evidence === null) return null;
  if (evidence.kind === "reserialised") return <TwoBodies evidence={evidence} />;
  return <p className="mt-2.5 text-t3 wrap-anywhere">{evidenceWords(evidence)}</p>;
}

function TwoBodies({ evidence }: { evidence: Extract<Evidence, { kind: "reserialised" }> }) {
  const body = useAppState((state) => state.body);
  const { changes } = evidence;
  return (
    <div className="mt-3 grid gap-2.5 md:grid-cols-2">
      <Bytes
        title={`as received, ${formatBytes(evidence.receivedBytes)}`}
        parts={body === null ? [] : pieces(body.bytes, receivedSpans(changes))}
      />
      <Bytes
        title={`as signed, ${formatBytes(evidence.signedBytes)}`}
        parts={pieces(fromBase64(evidence.signedBodyBase64), signedSpans(changes))}
      />
      <p className="text-small text-t3 md:col-span-2">
        {formatPlural(changes.length, "difference")}
        {evidence.moreChanges && " and more"}. Each mark is what the other side does not have; · is a space.
      </p>
    </div>
  );
}

function Bytes({ title, parts }: { title: string; parts: readonly BytePiece[] }) {
  return (
    <figure className="min-w-0 rounded-md bg-s2 px-2.5 py-2">
      <figcaption className="font-mono text-code text-t3">{title}</figcaption>
      <pre className="leading-[1.6] whitespace-pre-wrap text-t2 wrap-anywhere">
        {parts.map(({ offset, text, isMarked }) =>
          isMarked ? (
            <mark key={offset} className="rounded-sm bg-warn-s text-warn outline-1 outline-warn/40">
              {text}
            </mark>
          ) : (
            <span key={offset}>{text}</span>
          ),
        )}
      </pre>
    </figure>
  );
}

function evidenceWords(evidence: Exclude<Evidence, { kind: "reserialised" }>): string {
  switch (evidence.kind) {
    case "other-secret":
      return `The signature fits the secret of ${evidence.fitsSecretOf}.`;
    case "body-variant": {
      const sizes = `${formatBytes(evidence.receivedBytes)} came, ${formatBytes(evidence.signedBytes)} were signed.`;
      return `The signature fits this body with one change: ${evidence.variant.replaceAll("-", " ")}. ${sizes}`;
    }
    case "signature-encoding":
      return `The signature fits the secret of ${evidence.fitsSecretOf} once its form is set right: ${evidence.encodings.join(", ")}.`;
    case "secret-variant":
      return `The signature fits the secret with one change: ${evidence.variant.replaceAll("-", " ")}.`;
    case "algorithm":
      return `The signature fits with ${evidence.algorithm.replaceAll("-", " ")}.`;
    case "malformed":
      return evidence.problem;
    case "unknown-webhook":
      return `${formatPlural(evidence.secretsTried, "known secret")} tried, none fits.`;
    case "none":
      return `${formatPlural(evidence.secretsTried, "secret")} and ${formatPlural(evidence.variationsTried, "variation")} tried, none fits.`;
    default:
      return assertNever(evidence);
  }
}
