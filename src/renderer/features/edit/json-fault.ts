import { indexJson } from "#shared/json/json-index.ts";

/** Where a text stops being JSON and what would have to stand there, in words; null where it is JSON. */
export function jsonFault(text: string): string | null {
  const bytes = new TextEncoder().encode(text);
  const reading = indexJson(bytes);
  if (reading.kind !== "broken") return null;
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, reading.offset));
  const lineStart = before.lastIndexOf("\n") + 1;
  const line = before.split("\n").length;
  const column = [...before.slice(lineStart)].length + 1;
  return `line ${line}, column ${column}: expected ${reading.expected}`;
}
