import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { SafeText } from "../../ui/safe-text.tsx";
import { highlight } from "./highlight.ts";
import type { TextRow } from "./payload-text.ts";

/** Up to here the text is simply there: it can be selected and searched with the browser's own means. */
const MAX_PLAIN_ROWS = 500;
const MAX_PLAIN_CHARS = 50_000;
const ROW_HEIGHT_PX = 19;

const COLOURS = {
  key: "text-accent",
  string: "text-ok",
  literal: "text-warn",
  plain: undefined,
} as const;

/** Lines of a payload with their numbers; of many, only those in sight exist. */
export function TextView(props: { rows: readonly TextRow[]; label: string; isJson: boolean; wraps: boolean }) {
  return isLong(props.rows) ? <LongText {...props} /> : <PlainText {...props} />;
}

function isLong(rows: readonly TextRow[]): boolean {
  if (rows.length > MAX_PLAIN_ROWS) return true;
  return rows.reduce((chars, { text }) => chars + text.length, 0) > MAX_PLAIN_CHARS;
}

type Props = Parameters<typeof TextView>[0];

function PlainText({ rows, label, isJson, wraps }: Props) {
  return (
    // A region that scrolls must be reachable by keyboard.
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      className="overflow-auto rounded-md border border-line bg-s0 py-2"
    >
      {rows.map((row, index) => (
        // A row is its place in a text that never changes.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Row key={index} row={row} isJson={isJson} wraps={wraps} />
      ))}
    </section>
  );
}

function LongText({ rows, label, isJson, wraps }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 8,
  });
  return (
    <section
      ref={scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="h-[60vh] overflow-auto rounded-md border border-line bg-s0"
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            ref={virtualizer.measureElement}
            data-index={index}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start}px)` }}
          >
            {rows[index] !== undefined && <Row row={rows[index]} isJson={isJson} wraps={wraps} />}
          </div>
        ))}
      </div>
    </section>
  );
}

function Row({ row, isJson, wraps }: { row: TextRow; isJson: boolean; wraps: boolean }) {
  return (
    <div className="flex font-mono text-code leading-[1.6]">
      <span aria-hidden="true" className="w-11 flex-none pr-3 text-right text-t3 select-none">
        {row.line}
      </span>
      <span className={wraps ? "min-w-0 flex-1 pr-3 whitespace-pre-wrap wrap-anywhere" : "pr-3 whitespace-pre"}>
        {isJson
          ? highlight(row.text).map(({ kind, text, offset }) => (
              <span key={offset} className={COLOURS[kind]}>
                <SafeText text={text} keepLines />
              </span>
            ))
          : row.text !== "" && <SafeText text={row.text} keepLines />}
      </span>
    </div>
  );
}
