import { Zap } from "lucide-react";
import type { AttemptVerdict } from "#shared/domain/attempt.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { faultWords } from "#shared/domain/fault.ts";
import type { DeliveryListRow } from "../../state/list-rows.ts";
import { formatBytes, formatBytesShort } from "../../theme/format.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { CAUSE_WORDS, shortSubject, subjectOf } from "../common/delivery-words.ts";
import type { RowHands } from "./row-hands.ts";
import { isBodyWord } from "./row-marks.tsx";

/** Why the signature is not right, first, and what tells this delivery from others of its type. */
export function RowDetail({ row, hasSubject }: { row: DeliveryListRow; hasSubject: boolean }) {
  const { delivery, nth } = row;
  const { cause } = delivery.verification;
  const subject = subjectOf(delivery);
  const words = [
    nth > 1 ? `repeat ${nth - 1}` : null,
    cause === undefined ? null : CAUSE_WORDS[cause],
    isBodyWord(delivery) ? null : (delivery.detail ?? null),
  ].filter((word) => word !== null);
  const short = [...words, ...(hasSubject ? [shortSubject(delivery)] : [])].filter((word) => word !== null).join(" · ");
  const whole = [...words, ...(subject === null ? [] : [`${subject.kind} ${subject.id}`])].join(" · ");
  return (
    <span className="min-w-0 flex-1 truncate font-mono text-small text-t3" title={whole}>
      <SafeText text={short} />
    </span>
  );
}

/** The id of what it is about: short, whole in its tooltip, and copied by a click. */
export function RowSubject({ delivery, onCopy }: { delivery: DeliverySummary; onCopy: RowHands["onCopy"] }) {
  const subject = subjectOf(delivery);
  if (subject === null) return null;
  const text = <SafeText text={shortSubject(delivery) ?? ""} />;
  const looks = "truncate font-mono text-small text-t3";
  if (onCopy === undefined) {
    return (
      <span className={looks} title={`${subject.kind} ${subject.id}`}>
        {text}
      </span>
    );
  }
  return (
    <button
      type="button"
      tabIndex={-1}
      title={`${subject.kind} ${subject.id}\nClick to copy`}
      // The list keeps its keys.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        event.stopPropagation();
        onCopy(subject.id, subject.kind);
      }}
      className={`${looks} h-6 min-w-6 rounded-md hover:text-t1 hover:underline`}
    >
      {text}
    </button>
  );
}

export function RowSize({ bytes }: { bytes: number }) {
  return (
    <span className="flex-none font-mono text-small whitespace-nowrap text-t3" title={formatBytes(bytes)}>
      {formatBytesShort(bytes)}
    </span>
  );
}

const VERDICTS: Readonly<Record<AttemptVerdict, string>> = {
  accepted: "Your server accepted it",
  refused: "Your server refused it",
  unreachable: "Your server did not answer",
};

/** How the user's server took it last: its status, or that nobody answered. What a fault led to is marked, and no alarm. */
export function LastAnswer({ delivery: { lastAttempt } }: { delivery: DeliverySummary }) {
  if (lastAttempt === undefined) {
    return (
      <span className="font-mono text-code text-t3" title="Not forwarded">
        —<span className="sr-only">not forwarded</span>
      </span>
    );
  }
  const { status, verdict, fault } = lastAttempt;
  if (fault === undefined) {
    return (
      <span
        className={`font-mono text-code ${verdict === "accepted" ? "text-ok" : "text-bad"}`}
        title={VERDICTS[verdict]}
      >
        {status ?? "none"}
      </span>
    );
  }
  const words = `Fault: ${faultWords(fault)}`;
  return (
    <span
      className={`font-mono text-code whitespace-nowrap ${verdict === "accepted" ? "text-ok" : "text-warn"}`}
      title={fault.kind === "drop" ? words : `${VERDICTS[verdict]}. ${words}`}
    >
      <Zap role="img" aria-label={words} size={11} className="mr-0.5 inline text-warn" />
      {status ?? "none"}
    </span>
  );
}
