import type { JsonReading } from "#shared/json/json-index.ts";
import type { BodyReading } from "./body-reading.ts";
import { firstAfter } from "./pieces.ts";
import type { TextRows } from "./text-rows.ts";

/** What is shown of a payload, in a sentence below the switch that chose it. */
export function payloadWords(reading: BodyReading, shown: "tree" | "formatted" | "exact" | "hex"): string {
  if (reading.kind === "binary") return "Not UTF-8 text: shown as bytes, with their ASCII characters beside them.";
  const { json } = reading;
  if (json === null) return "Not JSON: shown as it came.";
  if (json.kind === "broken") return `${brokenWords(json, reading.rows)} ${SHOWN_BROKEN[shown]}`;
  return SHOWN[shown];
}

const SHOWN = {
  tree: "Read from the exact bytes: numbers as they are written, repeated keys kept.",
  formatted: "White space is added for reading; the signature is over the exact bytes.",
  exact: "The bytes as they came, which is what was signed.",
  hex: "Shown as bytes.",
} as const;

const SHOWN_BROKEN = {
  tree: "The tree shows what stands before.",
  formatted: "So it is shown as it came.",
  exact: "It is shown as it came.",
  hex: "It is shown as bytes.",
} as const;

/** Where JSON breaks, as an editor counts: lines and columns from 1, columns in bytes. */
export function brokenWords({ offset, expected }: Extract<JsonReading, { kind: "broken" }>, rows: TextRows): string {
  let row = Math.max(0, firstAfter(rows.starts, offset) - 1);
  while (row > 0 && rows.lines[row] === 0) row -= 1;
  const column = offset - (rows.starts[row] ?? 0) + 1;
  return `Not JSON: ${expected} was expected at line ${rows.lines[row] ?? 1}, byte ${column} of it.`;
}
