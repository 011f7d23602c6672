import { indexJson, type JsonReading } from "#shared/json/json-index.ts";
import { readUtf8 } from "#shared/utf8.ts";
import { type FormattedRows, formatRows } from "./formatted-rows.ts";
import { exactRows, type TextRows } from "./text-rows.ts";

/**
 * What is known of a body once it was read, all of it typed arrays over its bytes: it is made in a worker, and drawn
 * row by row without ever being decoded as a whole. `json` is there for JSON, and for what only begins like it;
 * `formatted` wherever that is JSON as far as it goes.
 */
export type BodyReading =
  | { readonly kind: "binary" }
  | {
      readonly kind: "text";
      readonly rows: TextRows;
      readonly json: JsonReading | null;
      readonly formatted: FormattedRows | null;
    };

/** Reads a body, or with `isCut` the first part of one. */
export function readBody(bytes: Uint8Array, isCut: boolean): BodyReading {
  if (readUtf8(bytes, isCut) === null) return { kind: "binary" };
  const read = indexJson(bytes, { isCut });
  // A part of a plain text is no beginning of JSON, even where it starts with a digit.
  const json = looksLikeJson(bytes) || (read.kind === "whole" && !isCut) ? read : null;
  const isReadable = json !== null && json.kind !== "broken";
  return { kind: "text", rows: exactRows(bytes), json, formatted: isReadable ? formatRows(json.index) : null };
}

function looksLikeJson(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  return first === 0x7b || first === 0x5b;
}
