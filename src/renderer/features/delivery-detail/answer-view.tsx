import clsx from "clsx";
import { useId, useMemo } from "react";
import type { Attempt, AttemptOutcome } from "#shared/domain/attempt.ts";
import { fromBase64 } from "../../client/base64.ts";
import { formatBytes, formatIso, formatMs, formatTime } from "../../theme/format.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { FaultBadge } from "./fault-badge.tsx";
import { HeaderTable } from "./header-table.tsx";
import { OutcomeBadge } from "./outcome-badge.tsx";
import type { BodyReading } from "./payload/body-reading.ts";
import { NO_MARKS } from "./payload/pieces.ts";
import { exactSource, formattedSource, hexSource, type RowSource } from "./payload/row-source.ts";
import { canWrap, TextView } from "./payload/text-view.tsx";
import { useBodyReader } from "./payload/use-body-reader.ts";

/** One answer in full; with `other`, a word says whether the body is the same there. */
export function AnswerView(props: { attempt: Attempt; title: string; other: Attempt | undefined }) {
  const { attempt, title, other } = props;
  const { outcome } = attempt;
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid min-w-0 content-start gap-3 rounded-lg border border-line bg-s0 p-3">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h2 id={id} className="font-semibold text-t1">
          {title}
        </h2>
        <OutcomeBadge attempt={attempt} />
        <FaultBadge fault={attempt.fault} />
        <span className="ml-auto font-mono text-code text-t3">{formatMs(attempt.ms)}</span>
      </div>
      <p className="text-t3 wrap-anywhere">
        {attempt.kind === "forward" ? "Forwarded" : "Replayed"} to{" "}
        {attempt.targetName !== undefined && (
          <>
            <Name name={attempt.targetName} />{" "}
          </>
        )}
        <code className="text-t2">{attempt.target}</code>
        {attempt.route !== undefined && (
          <>
            {" "}
            by the route <Name name={attempt.route} />
          </>
        )}{" "}
        at{" "}
        <time dateTime={attempt.startedAt} title={formatIso(attempt.startedAt)}>
          {formatTime(attempt.startedAt)}
        </time>
      </p>
      {outcome.kind === "unreachable" ? (
        <p className="text-t1 wrap-anywhere">{outcome.message}</p>
      ) : (
        <Answer
          key={attempt.id}
          outcome={outcome}
          sameBody={other === undefined ? null : hasSameBody(outcome, other.outcome)}
        />
      )}
    </section>
  );
}

/** A name that the user gave. */
function Name({ name }: { name: string }) {
  return (
    <b className="font-semibold text-t2">
      <SafeText text={name} />
    </b>
  );
}

type Answered = Extract<AttemptOutcome, { kind: "answered" }>;

function Answer({ outcome, sameBody }: { outcome: Answered; sameBody: boolean | null }) {
  return (
    <>
      <div className="grid gap-1">
        <h3 className="text-small text-t3">
          Body, {formatBytes(outcome.bodyBytes)}
          {sameBody !== null && (
            <span className={clsx("ml-2", !sameBody && "font-semibold text-t1")}>{sameBody ? "same" : "differs"}</span>
          )}
        </h3>
        <AnswerBody outcome={outcome} />
      </div>
      <div className="grid gap-1">
        <h3 className="text-small text-t3">Headers</h3>
        <HeaderTable headers={outcome.headers} label="Headers of the answer" />
      </div>
    </>
  );
}

function AnswerBody({ outcome: { bodyBase64, bodyBytes } }: { outcome: Answered }) {
  const bytes = useMemo(() => fromBase64(bodyBase64), [bodyBase64]);
  const isCut = bytes.length < bodyBytes;
  if (bodyBytes === 0) return <p className="text-t3">Empty.</p>;
  return (
    <>
      <AnswerText bytes={bytes} isCut={isCut} />
      {isCut && <p className="text-small text-t3">Only the first part was kept.</p>}
    </>
  );
}

function AnswerText({ bytes, isCut }: { bytes: Uint8Array; isCut: boolean }) {
  const state = useBodyReader(bytes, isCut);
  const source = useMemo(() => (state.kind === "ready" ? toSource(state.bytes, state.reading) : null), [state]);
  if (source === null || state.kind !== "ready") {
    return <p className="text-t3">{state.kind === "failed" ? state.message : ""}</p>;
  }
  const isText = state.reading.kind === "text";
  return <TextView source={source} label="Body of the answer" wraps={isText && canWrap(source)} />;
}

/** JSON one member to a row, other text as it came, anything else as bytes. */
function toSource(bytes: Uint8Array, reading: BodyReading): RowSource {
  if (reading.kind === "binary") return hexSource(bytes);
  const { json, formatted, rows } = reading;
  if (json === null || formatted === null) return exactSource(bytes, rows, null, NO_MARKS);
  return formattedSource(bytes, json.index, formatted, NO_MARKS);
}

function hasSameBody(one: Answered, other: AttemptOutcome): boolean {
  return other.kind === "answered" && one.bodyBytes === other.bodyBytes && one.bodyBase64 === other.bodyBase64;
}
