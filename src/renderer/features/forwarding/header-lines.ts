import type { HeaderPairs } from "#shared/domain/headers.ts";

/** Headers as one writes them, one a line. A line without a colon is a header without a name, which the schema refuses. */
export function parseHeaderLines(text: string): HeaderPairs {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const colon = line.indexOf(":");
      return colon === -1 ? ["", line.trim()] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    });
}

export function formatHeaderLines(headers: HeaderPairs): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join("\n");
}
