import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { memo, type ReactNode, type RefObject, useEffect, useRef } from "react";
import { remToPx } from "../../../ui/rem-to-px.ts";
import { CodeText, hasRightToLeft, VisibleText } from "../../../ui/safe-text.tsx";
import type { Piece, PieceKind } from "./pieces.ts";
import type { RowSource } from "./row-source.ts";
import { useMarkedRows } from "./use-marked-rows.ts";
import { useRowWindow } from "./use-row-window.ts";
import { rowNumbers } from "./window-of.ts";

/** Up to here the text is simply there: it can be selected and searched with the browser's own means. */
const MAX_PLAIN_ROWS = 500;
const MAX_PLAIN_BYTES = 16_000;
const MAX_PLAIN_MARKS = 3_000;
/** Up to here each row can be measured, so that its lines can wrap. */
const MAX_MEASURED_ROWS = 30_000;
const TYPICAL_COLUMNS = 90;
/** One line of code, as high as `leading-[1.6]` makes it. */
const ROW_REM = 1.2;

const COLOURS: Readonly<Record<PieceKind, string | undefined>> = {
  key: "text-accent",
  string: "text-ok",
  literal: "text-warn",
  plain: undefined,
};

interface Props {
  readonly source: RowSource;
  readonly label: string;
  readonly wraps: boolean;
  /** Brought into sight when it changes. */
  readonly currentRow?: number | null;
}

/** Whether a text of so many rows can wrap: of more, rows have to be of one height. */
export function canWrap({ count }: RowSource): boolean {
  return count <= MAX_MEASURED_ROWS;
}

/** Rows of a text with their numbers; of many, only those in sight exist. */
export function TextView(props: Props) {
  const { count, size, marks } = props.source;
  const isShort = count <= MAX_PLAIN_ROWS && size <= MAX_PLAIN_BYTES && marks <= MAX_PLAIN_MARKS;
  if (isShort) return <PlainText {...props} />;
  return props.wraps ? <MeasuredText {...props} /> : <WindowedText {...props} />;
}

function Frame(props: {
  label: string;
  isHigh: boolean;
  scroller: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  return (
    <section
      ref={props.scroller}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className={clsx(
        "overflow-auto rounded-md border border-line bg-s0",
        props.isHigh ? "h-[60vh] min-h-40" : "max-h-[75vh] py-2",
      )}
    >
      {props.children}
    </section>
  );
}

function PlainText({ source, label, wraps, currentRow = null }: Props) {
  const scroller = useRef<HTMLElement>(null);
  useEffect(() => {
    if (currentRow === null) return;
    scroller.current?.querySelector(`[data-row="${currentRow}"]`)?.scrollIntoView({ block: "nearest" });
  }, [currentRow]);
  const rows = rowNumbers({ first: 0, end: source.count });
  const marked = useMarkedRows(source, rows);
  return (
    <Frame label={label} isHigh={false} scroller={scroller}>
      {rows.map((row) => (
        <Row key={row} source={source} row={row} wraps={wraps} isMarked={marked.has(row)} />
      ))}
    </Frame>
  );
}

function MeasuredText({ source, label, currentRow = null }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const linePx = remToPx(ROW_REM);
  const virtualizer = useVirtualizer({
    count: source.count,
    getScrollElement: () => scroller.current,
    // Near enough that no more rows are made than are seen: one of many characters has as many pieces.
    estimateSize: (row) => linePx * Math.max(1, Math.ceil(source.lengthOf(row) / TYPICAL_COLUMNS)),
    overscan: 1,
  });
  useEffect(() => {
    if (currentRow !== null) virtualizer.scrollToIndex(currentRow);
  }, [currentRow, virtualizer]);
  const items = virtualizer.getVirtualItems();
  const marked = useMarkedRows(
    source,
    items.map(({ index }) => index),
  );
  return (
    <Frame label={label} isHigh scroller={scroller}>
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <div
            key={index}
            ref={virtualizer.measureElement}
            data-index={index}
            className="absolute top-0 left-0 w-full"
            style={{ transform: `translateY(${start}px)` }}
          >
            <Row source={source} row={index} wraps isMarked={marked.has(index)} />
          </div>
        ))}
      </div>
    </Frame>
  );
}

function WindowedText({ source, label, currentRow = null }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const { rows, reveal } = useRowWindow(scroller, source.count, remToPx(ROW_REM));
  useEffect(() => {
    if (currentRow !== null) reveal(currentRow);
  }, [currentRow, reveal]);
  const inSight = rowNumbers(rows);
  const marked = useMarkedRows(source, inSight);
  return (
    <Frame label={label} isHigh scroller={scroller}>
      <div className="relative" style={{ height: rows.heightPx }}>
        <div className="absolute top-0 left-0 min-w-full" style={{ transform: `translateY(${rows.topPx}px)` }}>
          {inSight.map((row) => (
            <Row key={row} source={source} row={row} wraps={false} isMarked={marked.has(row)} />
          ))}
        </div>
      </div>
    </Frame>
  );
}

const Row = memo(function Row(props: { source: RowSource; row: number; wraps: boolean; isMarked: boolean }) {
  const { source, row, wraps, isMarked } = props;
  return (
    <div data-row={row} className="flex min-h-[1.2rem] font-mono text-code leading-[1.6]">
      <span
        aria-hidden="true"
        className="sticky left-0 min-w-11 flex-none bg-s0 pr-3 pl-1 text-right text-t3 tabular-nums select-none"
      >
        {source.marginOf(row)}
      </span>
      <span className={wraps ? "min-w-0 flex-1 pr-3 whitespace-pre-wrap wrap-anywhere" : "pr-3 whitespace-pre"}>
        <RowText pieces={source.piecesOf(row, isMarked)} />
      </span>
    </div>
  );
});

/** A line runs from left to right; what is written otherwise in a key or a text moves nothing outside of it. */
function RowText({ pieces }: { pieces: readonly Piece[] }) {
  if (!pieces.some(({ text }) => hasRightToLeft(text))) return pieces.map(toPieceText);
  return toTokens(pieces).map((token) => {
    const [{ id, kind }] = token;
    const texts = token.map(toPieceText);
    return kind === "plain" ? (
      texts
    ) : (
      <bdi key={id} dir="ltr">
        {texts}
      </bdi>
    );
  });
}

/** Texts with nothing in them to be marked or kept apart. */
const SIMPLE = /^[\x20-\x7e]*$/;

// No component, and of most texts only themselves: there are tens of thousands in sight.
function toPieceText({ id, kind, text, isFound }: Piece) {
  const Text = kind === "plain" ? CodeText : VisibleText;
  const shown = SIMPLE.test(text) ? text : <Text key={id} text={text} keepLines />;
  if (isFound) {
    return (
      <mark key={id} className={clsx(COLOURS[kind] ?? "text-inherit", "rounded-xs bg-warn-s outline-1 outline-warn")}>
        {shown}
      </mark>
    );
  }
  if (kind === "plain") return shown;
  return (
    <span key={id} className={COLOURS[kind]}>
      {shown}
    </span>
  );
}

type Token = [Piece, ...Piece[]];

/** Pieces of one key or text together: a search cuts it, and so it does not cut a word. */
function toTokens(pieces: readonly Piece[]): Token[] {
  const tokens: Token[] = [];
  for (const piece of pieces) {
    const last = tokens.at(-1);
    if (last !== undefined && last[0].kind === piece.kind) last.push(piece);
    else tokens.push([piece]);
  }
  return tokens;
}
