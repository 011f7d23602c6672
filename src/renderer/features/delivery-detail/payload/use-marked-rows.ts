import { useEffect, useLayoutEffect, useReducer, useRef } from "react";
import type { RowSource } from "./row-source.ts";

/** What is drawn of them in a few milliseconds. */
const MARKS_A_FRAME = 300;

type Marked = ReadonlySet<number>;

/**
 * The rows whose marks may be drawn by now. A letter that is looked for can stand thousands of times in sight: marks come
 * with the text as far as a frame has time for them, and the others with the frames that follow.
 */
export function useMarkedRows(source: RowSource, inSight: readonly number[]): Marked {
  const drawn = useRef<{ source: RowSource; rows: Marked }>({ source, rows: new Set() });
  const [, drawMore] = useReducer((times: number) => times + 1, 0);
  const { rows, isAll } = markMore(source, inSight, drawn.current.source === source ? drawn.current.rows : new Set());
  useLayoutEffect(() => {
    drawn.current = { source, rows };
  });
  useEffect(() => {
    if (isAll) return;
    const frame = requestAnimationFrame(drawMore);
    return () => cancelAnimationFrame(frame);
  });
  return rows;
}

/** Of the rows in sight those that were marked before, and as many more as a frame has time for. */
export function markMore(source: RowSource, inSight: readonly number[], before: Marked) {
  const rows = new Set<number>();
  let left = MARKS_A_FRAME;
  let isAll = true;
  for (const row of inSight) {
    const marks = before.has(row) ? 0 : source.marksIn(row);
    // A row that would never fit has a frame of its own.
    const fits = marks <= left || left === MARKS_A_FRAME;
    if (fits) rows.add(row);
    else isAll = false;
    left -= fits ? marks : 0;
  }
  return { rows, isAll };
}
