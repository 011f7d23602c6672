import type { JsonIndex } from "#shared/json/json-columns.ts";
import { exactRows, type TextRows } from "./text-rows.ts";
import { valueText } from "./value-words.ts";

/** The text of one value, as it is copied, and its lines. */
export interface WholeValue {
  readonly bytes: Uint8Array;
  readonly rows: TextRows;
}

export function readWholeValue(bytes: Uint8Array, index: JsonIndex, value: number): WholeValue {
  const text = new TextEncoder().encode(valueText(bytes, index, value));
  return { bytes: text, rows: exactRows(text) };
}
