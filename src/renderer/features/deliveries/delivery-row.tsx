// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised with rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
import clsx from "clsx";
import { FlaskConical, Pin, TriangleAlert } from "lucide-react";
import { memo } from "react";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { formatIso, formatRowTime } from "../../theme/format.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { CAUSE_WORDS, INCOMPLETE_WORDS, SOURCE_WORDS, shortSubject, titleOf } from "../common/delivery-words.ts";
import { VerificationBadge } from "../common/verification-badge.tsx";

/** In rem, so that it grows with the text. */
export const ROW_HEIGHT_REM = 2.125;

interface Props {
  readonly delivery: DeliverySummary;
  readonly rowIndex: number;
  readonly top: number;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

/** One delivery in one line. Drawn only when something of it changed: a hundred of them are on screen. */
export const DeliveryRow = memo(function DeliveryRow({ delivery, rowIndex, top, isSelected, onSelect }: Props) {
  return (
    // The grid has the focus and the keys; a row only takes the click.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={rowElementId(delivery.id)}
      role="row"
      tabIndex={-1}
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      onClick={() => onSelect(delivery.id)}
      style={{ transform: `translateY(${top}px)`, height: `${ROW_HEIGHT_REM}rem` }}
      className={clsx(
        "absolute inset-x-0 top-0 grid cursor-default grid-cols-[auto_minmax(0,1fr)_auto_2.25rem] items-center gap-2.5 max-sm:gap-2 border-b border-line/55 px-3 tabular-nums",
        isSelected ? "bg-sel shadow-[inset_2px_0_0_var(--accent)]" : "hover:bg-s2",
      )}
    >
      <span role="gridcell" className="font-mono text-code whitespace-nowrap text-t3">
        <time dateTime={delivery.receivedAt} title={formatIso(delivery.receivedAt)}>
          <RowTime receivedAt={delivery.receivedAt} />
        </time>
      </span>
      <span role="gridcell" className="flex min-w-0 items-baseline gap-2 whitespace-nowrap">
        <span className="truncate text-t1">
          <SafeText text={titleOf(delivery)} />
        </span>
        <RowDetail delivery={delivery} />
      </span>
      <span role="gridcell" className="flex items-center gap-1.5">
        {delivery.source === "simulated" && (
          <FlaskConical aria-label="Simulated" role="img" size={12} className="text-info" />
        )}
        {delivery.pinned && <Pin aria-label="Pinned" role="img" size={12} className="text-accent" />}
        <VerificationBadge state={delivery.verification.state} />
      </span>
      <span role="gridcell" className="text-right font-mono text-code">
        <LastAnswer delivery={delivery} />
      </span>
    </div>
  );
});

export function rowElementId(id: string): string {
  return `delivery-${id}`;
}

/** Milliseconds only where there is room for them. */
function RowTime({ receivedAt }: { receivedAt: string }) {
  const [time, ms] = formatRowTime(receivedAt, new Date()).split(".", 2);
  return (
    <span className="inline-block sm:min-w-[5.5rem]">
      {time}
      {ms !== undefined && <span className="max-sm:hidden">.{ms}</span>}
    </span>
  );
}

function RowDetail({ delivery }: { delivery: DeliverySummary }) {
  const { cause } = delivery.verification;
  const words = [
    cause === undefined ? null : CAUSE_WORDS[cause],
    delivery.detail ?? null,
    shortSubject(delivery),
    delivery.source === "received" || delivery.source === "simulated" ? null : SOURCE_WORDS[delivery.source],
    delivery.duplicateOf === undefined ? null : "repeat",
  ].filter((word) => word !== null);
  return (
    <span title={words.join(" · ")} className="min-w-0 flex-1 truncate font-mono text-small text-t3">
      {delivery.incomplete !== undefined && (
        <span className="mr-1.5 inline-flex items-center gap-1 text-warn">
          <TriangleAlert aria-hidden="true" size={11} />
          {INCOMPLETE_WORDS[delivery.incomplete].word}
        </span>
      )}
      <SafeText text={words.join(" · ")} />
    </span>
  );
}

/** How the user's server took it last: its status, or that nobody answered. */
function LastAnswer({ delivery: { lastAttempt } }: { delivery: DeliverySummary }) {
  if (lastAttempt === undefined) {
    return (
      <span className="text-t3" title="Not forwarded">
        —<span className="sr-only">not forwarded</span>
      </span>
    );
  }
  if (lastAttempt.status === null) {
    return (
      <span className="text-bad" title="Your server did not answer">
        none
      </span>
    );
  }
  const isAccepted = lastAttempt.verdict === "accepted";
  return (
    <span
      className={isAccepted ? "text-ok" : "text-bad"}
      title={isAccepted ? "Your server accepted it" : "Your server refused it"}
    >
      {lastAttempt.status}
    </span>
  );
}
