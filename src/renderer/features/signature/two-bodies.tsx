import type { Evidence } from "#shared/domain/verification.ts";
import { useAppState } from "../../app-context.ts";
import { fromBase64 } from "../../client/base64.ts";
import { formatBytes, formatPlural } from "../../theme/format.ts";
import { type BytePiece, pieces, receivedSpans, signedSpans } from "./byte-pieces.ts";

export type TwoBodiesEvidence = Extract<Evidence, { kind: "reserialised" | "body-variant" }>;

export function hasTwoBodies(evidence: Evidence | null): evidence is TwoBodiesEvidence {
  return evidence?.kind === "reserialised" || evidence?.kind === "body-variant";
}

/** Enough to see the changes; the whole of a large body is in the Payload tab. */
const MAX_SHOWN_BYTES = 8_000;
const MAX_BRIEF_BYTES = 300;

/** What arrived beside what was signed, the changed bytes marked; `isBrief` shows the first of them only. */
export function TwoBodies(props: { id: string; evidence: TwoBodiesEvidence; isBrief?: boolean }) {
  const { id, evidence, isBrief = false } = props;
  const body = useAppState((state) => (state.body?.id === id ? state.body : null));
  const maxBytes = isBrief ? MAX_BRIEF_BYTES : MAX_SHOWN_BYTES;
  const { changes } = evidence;
  return (
    <div className="@container">
      <div className="grid gap-2.5 @xl:grid-cols-2">
        <Bytes
          title={`as received, ${formatBytes(evidence.receivedBytes)}`}
          parts={body === null ? [] : pieces(body.bytes, receivedSpans(changes), maxBytes)}
        />
        <Bytes
          title={`as signed, ${formatBytes(evidence.signedBytes)}`}
          parts={pieces(fromBase64(evidence.signedBodyBase64), signedSpans(changes), maxBytes)}
        />
      </div>
      {body?.phase === "failed" && <p className="mt-2 text-bad">The bytes could not be loaded: {body.message}</p>}
      <p className="mt-2 text-small text-t3">
        {formatPlural(changes.length, "difference")}
        {evidence.moreChanges && " and more"}. Each mark is what the other side does not have; · is a space, \n a line
        end.
      </p>
    </div>
  );
}

function Bytes({ title, parts }: { title: string; parts: readonly BytePiece[] }) {
  return (
    <figure className="min-w-0 rounded-md bg-s2">
      <figcaption className="px-2.5 pt-2 font-mono text-code text-t3">{title}</figcaption>
      <section
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-72 overflow-auto rounded-md px-2.5 pb-2 outline-offset-[-2px]"
      >
        <pre className="leading-[1.6] whitespace-pre-wrap text-t2 wrap-anywhere">
          {parts.map(({ offset, text, isMarked }) =>
            isMarked ? (
              <mark
                key={offset}
                className="rounded-sm bg-warn-s font-semibold text-warn underline decoration-2 underline-offset-2"
              >
                {text}
              </mark>
            ) : (
              <span key={offset}>{text}</span>
            ),
          )}
        </pre>
      </section>
    </figure>
  );
}
