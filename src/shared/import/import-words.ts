import type { ImportFormat } from "#shared/contract/import-commands.ts";
import type { Imported } from "./send-import.ts";

/** By the ending of a file's name; where that says nothing, by how its text begins. */
export function guessImportFormat(name: string, text: string): ImportFormat {
  if (/\.har$/i.test(name)) return "har";
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return "jsonl";
  return /^\ufeff?\s*\{\s*"log"\s*:/.test(text) ? "har" : "jsonl";
}

/** `12 imported, 3 already here, 1 left out, 40 without a body passed over`. */
export function importWords({ imported, alreadyHere, skipped, ignored }: Imported): string {
  return [
    `${imported} imported`,
    ...(alreadyHere.length > 0 ? [`${alreadyHere.length} already here`] : []),
    ...(skipped.length > 0 ? [`${skipped.length} left out`] : []),
    ...(ignored > 0 ? [`${ignored} without a body passed over`] : []),
  ].join(", ");
}

/** `line 7`, or `entry 7` of a HAR. */
export function placeWords(format: ImportFormat, number: number): string {
  return `${format === "har" ? "entry" : "line"} ${number}`;
}
