import clsx from "clsx";
import { Copy, type LucideIcon, RotateCw, ServerOff, Shuffle, TriangleAlert, X } from "lucide-react";
import { Tooltip } from "radix-ui";
import type { ComponentProps } from "react";
import { faultWords } from "#shared/domain/fault.ts";
import type { ExpectedStep } from "#shared/domain/still-to-come.ts";
import type { StepFlag, SubjectStep } from "#shared/domain/subject-steps.ts";
import type { VerificationState } from "#shared/domain/verification.ts";
import { formatIso, formatMs, formatTime } from "../../theme/format.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { SOURCE_WORDS } from "../common/delivery-words.ts";
import { CERTAINTY_WORD, expectedTitle, FLAG_WORDS, FLAGS, markLabel, stepTitle } from "./step-words.ts";

export const FLAG_ICONS: Readonly<Record<StepFlag, LucideIcon>> = {
  failed: X,
  refused: ServerOff,
  incomplete: TriangleAlert,
  late: Shuffle,
  again: RotateCw,
  repeat: Copy,
};

export const FLAG_TONES: Readonly<Record<StepFlag, string>> = {
  failed: "text-bad",
  refused: "text-bad",
  incomplete: "text-warn",
  late: "text-warn",
  again: "text-warn",
  repeat: "text-t3",
};

/** Round, but square where the signature does not fit: the shape says it without the colour. */
const LOOKS: Readonly<Record<VerificationState, string>> = {
  verified: "rounded-full border-ok/45 bg-ok-s text-ok",
  failed: "rounded-[5px] border-bad/60 bg-bad-s text-bad",
  unsigned: "rounded-full border-edge bg-s3 text-t2",
  unchecked: "rounded-full border-warn/45 bg-warn-s text-warn",
};

const STATE_WORDS: Readonly<Record<VerificationState, string>> = {
  verified: "verified",
  failed: "signature failed",
  unsigned: "unsigned",
  unchecked: "unchecked",
};

const MARK =
  "grid h-[1.75rem] min-w-[1.75rem] place-items-center border px-[3px] text-[0.65rem] leading-none font-bold tabular-nums";

interface Props extends Omit<ComponentProps<"button">, "children"> {
  readonly step: SubjectStep;
  /** The delivery that is being read. */
  readonly isCurrent: boolean;
}

/** One delivery on its lane: what it is, when it came, and what is odd about it. */
export function LaneMark({ step, isCurrent, ...rest }: Props) {
  const { delivery, flags } = step;
  const { state } = delivery.verification;
  const shown = FLAGS.filter((flag) => flags.includes(flag));
  // The shape and the state say already that a signature does not fit.
  const signs = shown.filter((flag) => flag !== "failed");
  const label = markLabel(step.kind, delivery.detail);
  const names = [
    stepTitle(step),
    formatTime(delivery.receivedAt),
    STATE_WORDS[state],
    ...signs.map((flag) => FLAG_WORDS[flag].word),
  ];
  return (
    <>
      <span aria-hidden="true" className="flex h-3.5 items-center gap-0.5">
        {signs.map((flag) => {
          const Icon = FLAG_ICONS[flag];
          return <Icon key={flag} size={12} strokeWidth={2.4} className={FLAG_TONES[flag]} />;
        })}
      </span>
      <Tooltip.Root>
        <Tooltip.Trigger asChild>
          <button
            type="button"
            aria-current={isCurrent || undefined}
            aria-label={`${label}: ${names.join(", ")}`}
            className={clsx(
              MARK,
              LOOKS[state],
              "hover:brightness-110",
              flags.includes("repeat") && "border-dashed",
              isCurrent && "ring-2 ring-accent ring-offset-2 ring-offset-s0",
            )}
            {...rest}
          >
            {label}
          </button>
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-40 grid max-w-72 gap-0.5 rounded-md border border-edge bg-s2 px-3 py-2 text-small text-t2 shadow-xl"
          >
            <Facts step={step} shown={shown} />
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
      <time
        dateTime={delivery.receivedAt}
        aria-hidden="true"
        className="mt-0.5 text-tiny whitespace-nowrap text-t3 tabular-nums"
      >
        {formatTime(delivery.receivedAt).split(".", 1)[0]}
      </time>
    </>
  );
}

function Facts({ step, shown }: { step: SubjectStep; shown: readonly StepFlag[] }) {
  const { delivery } = step;
  const { receivedAt, emittedAt, lastAttempt, source, verification } = delivery;
  const lagMs = emittedAt === undefined ? Number.NaN : Date.parse(receivedAt) - Date.parse(emittedAt);
  return (
    <>
      <p className="font-semibold text-t1 wrap-anywhere">
        <SafeText text={stepTitle(step)} />
      </p>
      <p className="tabular-nums">{formatIso(receivedAt)}</p>
      {lagMs >= 0 && <p>{formatMs(lagMs)} after it was emitted</p>}
      <p>
        Signature {STATE_WORDS[verification.state].replace("signature ", "")}
        {source !== "received" && `, ${SOURCE_WORDS[source]}`}
      </p>
      {lastAttempt !== undefined && (
        <p>
          {lastAttempt.status === null ? "Your server did not answer" : `Your server answered ${lastAttempt.status}`} in{" "}
          {formatMs(lastAttempt.ms)}
          {lastAttempt.fault !== undefined && `. Fault: ${faultWords(lastAttempt.fault)}`}
        </p>
      )}
      {shown
        .filter((flag) => flag !== "failed" && flag !== "refused")
        .map((flag) => (
          <p key={flag} className={FLAG_TONES[flag]}>
            {FLAG_WORDS[flag].meaning}
          </p>
        ))}
    </>
  );
}

/** An event that is not here. It leads nowhere, so it is no button; its reason is told. */
export function ExpectedMark({ step }: { step: ExpectedStep }) {
  const { certainty, reason } = step;
  const isTrouble = certainty === "lost" || certainty === "never";
  return (
    <>
      <span aria-hidden="true" className="h-3.5" />
      <span
        title={reason}
        className={clsx(
          MARK,
          "rounded-full border-dashed bg-s0",
          isTrouble ? "rounded-[5px] border-warn text-warn" : "border-edge text-t3",
        )}
      >
        <span aria-hidden="true">{markLabel(step.kind, step.detail)}</span>
        <span className="sr-only">{`${expectedTitle(step)}, ${CERTAINTY_WORD[certainty]}. ${reason}`}</span>
      </span>
      <span
        aria-hidden="true"
        className={clsx("mt-0.5 text-tiny whitespace-nowrap", isTrouble ? "text-warn" : "text-t3")}
      >
        {CERTAINTY_WORD[certainty]}
      </span>
    </>
  );
}
