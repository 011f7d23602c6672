import { GrowingColumn } from "#shared/json/growing-column.ts";
import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";

/** What of its value a row shows: a text or number, both brackets of an empty container, its opening or closing one. */
export const ROW_PART = { scalar: 0, empty: 1, open: 2, close: 3 } as const;

/** Each member of a JSON text on a row of its own: which value, and what of it. */
export interface FormattedRows {
  readonly count: number;
  readonly values: Uint32Array;
  readonly parts: Uint8Array;
}

/** Needs no recursion, so depth is no danger; the rows of a text that was cut close nothing. */
export function formatRows(index: JsonIndex): FormattedRows {
  const values = new GrowingColumn(64);
  const parts = new GrowingColumn(64);
  const add = (value: number, part: number): void => {
    values.push(value);
    parts.push(part);
  };
  const open: number[] = [];
  for (let value = 0; value < index.count; value++) {
    for (let top = open.at(-1); top !== undefined && value >= (index.afters[top] ?? 0); top = open.at(-1)) {
      add(top, ROW_PART.close);
      open.pop();
    }
    const isContainer = (index.kinds[value] ?? 0) <= JSON_KIND.array;
    if (!isContainer) add(value, ROW_PART.scalar);
    else if (index.childCounts[value] === 0) add(value, ROW_PART.empty);
    else {
      add(value, ROW_PART.open);
      open.push(value);
    }
  }
  for (const value of open.toReversed()) add(value, ROW_PART.close);
  return { count: values.length, values: values.toArray(), parts: Uint8Array.from(parts.toArray()) };
}
