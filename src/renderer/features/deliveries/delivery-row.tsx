// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised with rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
import clsx from "clsx";
import { ChevronRight, Pin, Square, SquareCheckBig, StickyNote } from "lucide-react";
import { type MouseEvent, memo, useState } from "react";
import type { DeliveryListRow } from "../../state/list-rows.ts";
import { formatIso, formatRowTime } from "../../theme/format.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { titleOf } from "../common/delivery-words.ts";
import { VerificationBadge } from "../common/verification-badge.tsx";
import { COLUMNS, type RowForm } from "./list-form.ts";
import { LastAnswer, RowDetail, RowSize, RowSubject } from "./row-cells.tsx";
import type { RowHands } from "./row-hands.ts";
import { BodyBadges, SourceMark, StateGlyph } from "./row-marks.tsx";

interface Props {
  readonly row: DeliveryListRow;
  readonly form: RowForm;
  readonly rowIndex: number;
  readonly top: number;
  readonly height: number;
  readonly isCurrent: boolean;
  readonly isMarked: boolean;
  /** While something is marked, a row shows whether it is. */
  readonly isMarking: boolean;
  readonly hands: RowHands;
}

/** One delivery, or a fold of the same one sent several times. Drawn only when something of it changed. */
export const DeliveryRow = memo(function DeliveryRow(props: Props) {
  const { row, form, rowIndex, isCurrent, isMarked, isMarking, hands } = props;
  const { delivery } = row;
  const isTwoLine = form === "two-line";
  const [hasPointer, setHasPointer] = useState(false);
  return (
    // The grid has the focus and the keys; a row only takes the click.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={rowElementId(delivery.id)}
      role="row"
      tabIndex={-1}
      aria-rowindex={rowIndex}
      aria-level={row.nth === 1 ? 1 : 2}
      aria-expanded={row.repeats.length > 0 ? row.isOpen : undefined}
      aria-selected={isMarking ? isMarked : isCurrent}
      aria-current={isCurrent || undefined}
      onPointerEnter={() => setHasPointer(true)}
      onPointerLeave={() => setHasPointer(false)}
      // A click with Shift would choose the text between.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => hands.onPick(delivery.id, event)}
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
      className={clsx(
        "absolute inset-x-0 top-0 grid cursor-default border-b border-line/55 pr-3 pl-1.5 tabular-nums",
        COLUMNS[form],
        isMarked && "bg-accent-s",
        isCurrent && "shadow-[inset_2px_0_0_var(--accent)]",
        !isMarked && (isCurrent ? "bg-sel" : "hover:bg-s2"),
      )}
    >
      <span role="gridcell" className={clsx("flex items-center justify-center", isTwoLine && "row-span-2")}>
        <span className={isMarking || hasPointer ? "sr-only" : undefined}>
          <StateGlyph delivery={delivery} />
        </span>
        {(isMarking || hasPointer) && <MarkButton id={delivery.id} isMarked={isMarked} onMark={hands.onMark} />}
      </span>
      <span
        role="gridcell"
        className={clsx(
          "font-mono text-code whitespace-nowrap text-t3",
          isTwoLine && "col-start-4 row-start-2 self-center text-right",
        )}
      >
        <RowTime receivedAt={delivery.receivedAt} />
      </span>
      <span
        role="gridcell"
        className={clsx("flex min-w-0 items-center gap-1.5", isTwoLine && "col-start-2 row-start-1")}
      >
        {row.nth > 1 && <span className="w-4 flex-none border-b border-edge" aria-hidden="true" />}
        <span className="truncate text-t1">
          <SafeText text={titleOf(delivery)} />
        </span>
        {row.repeats.length > 0 && <FoldButton row={row} onFold={hands.onFold} />}
        <BodyBadges delivery={delivery} isRepeat={isRepeatAlone(row)} />
      </span>
      <span
        role="gridcell"
        className={clsx("flex min-w-0 items-center gap-1.5", isTwoLine && "col-span-2 col-start-2 row-start-2")}
      >
        <RowDetail row={row} hasSubject={form !== "wide"} />
        {isTwoLine && (
          <>
            <RowSize bytes={delivery.bodyBytes} />
            <span className="min-w-8 flex-none text-right">
              <LastAnswer delivery={delivery} />
            </span>
          </>
        )}
      </span>
      {form === "wide" && (
        <span role="gridcell" className="flex min-w-0">
          <RowSubject delivery={delivery} onCopy={hands.onCopy} />
        </span>
      )}
      <span
        role="gridcell"
        className={clsx("flex items-center justify-end gap-1.5", isTwoLine && "col-span-2 col-start-3 row-start-1")}
      >
        <NoteMark note={delivery.note} />
        {delivery.pinned && <Pin aria-label="Pinned" role="img" size={12} className="flex-none text-accent" />}
        <SourceMark delivery={delivery} />
        <VerificationBadge state={delivery.verification.state} />
      </span>
      {!isTwoLine && (
        <>
          <span role="gridcell" className="text-right">
            <RowSize bytes={delivery.bodyBytes} />
          </span>
          <span role="gridcell" className="text-right">
            <LastAnswer delivery={delivery} />
          </span>
        </>
      )}
    </div>
  );
});

export function rowElementId(id: string): string {
  return `delivery-${id}`;
}

/** A repeat whose first delivery is not in the list. */
function isRepeatAlone({ delivery, nth }: DeliveryListRow): boolean {
  return nth === 1 && delivery.duplicateOf !== undefined;
}

/** In the place of the state's glyph. Only where it is shown: hidden in every row, it was a tenth of what the list is made of. */
function MarkButton({ id, isMarked, onMark }: { id: string; isMarked: boolean; onMark: (id: string) => void }) {
  const Box = isMarked ? SquareCheckBig : Square;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={isMarked ? "Unmark" : "Mark"}
      title={isMarked ? "Unmark (x)" : "Mark (x)"}
      onMouseDown={stayFocused}
      onClick={(event) => {
        event.stopPropagation();
        onMark(id);
      }}
      className="grid size-6 place-items-center rounded-md text-t2"
    >
      <Box aria-hidden="true" size={14} className={isMarked ? "text-accent" : ""} />
    </button>
  );
}

/** How often it came, and the way to see each of them. */
function FoldButton({ row, onFold }: { row: DeliveryListRow; onFold: (foldId: string) => void }) {
  const times = [row.delivery, ...row.repeats].map(({ receivedAt }) => formatIso(receivedAt));
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${row.isOpen ? "Fold" : "Show"} the repeats, ${times.length} deliveries in all`}
      title={`Came ${times.length} times:\n${times.join("\n")}`}
      onMouseDown={stayFocused}
      onClick={(event) => {
        event.stopPropagation();
        onFold(row.foldId);
      }}
      className="flex h-6 min-w-6 flex-none items-center gap-0.5 rounded-md px-1 font-mono text-small font-semibold text-warn hover:bg-s3"
    >
      <ChevronRight aria-hidden="true" size={12} className={clsx("transition-transform", row.isOpen && "rotate-90")} />×
      {times.length}
    </button>
  );
}

/** Milliseconds only where there is room for them. */
function RowTime({ receivedAt }: { receivedAt: string }) {
  const [time, ms] = formatRowTime(receivedAt, new Date()).split(".", 2);
  return (
    <time dateTime={receivedAt} title={formatIso(receivedAt)}>
      {time}
      {ms !== undefined && <span className="max-sm:hidden">.{ms}</span>}
    </time>
  );
}

function NoteMark({ note }: { note: string | undefined }) {
  if (note === undefined) return null;
  return (
    <span title={note} className="flex-none">
      <StickyNote aria-label={`Note: ${note}`} role="img" size={12} className="text-warn" />
    </span>
  );
}

/** The list keeps its keys while parts of its rows are clicked. */
function stayFocused(event: MouseEvent): void {
  event.preventDefault();
}
