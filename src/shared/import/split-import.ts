import type { ImportFormat } from "#shared/contract/import-commands.ts";

/** A part of a file that is one by itself; its first line or entry is this one of the whole, counted from 1. */
export interface ImportPart {
  readonly text: string;
  readonly first: number;
}

/** What the engine reads at once while deliveries arrive; a single line or entry may well be larger. */
const PART_CHARS = 2 * 1024 * 1024;
const PART_PIECES = 500;

/** A file in parts, one at least. What is no HAR becomes an empty one, for the engine to say so. */
export function splitImport(format: ImportFormat, text: string): Iterable<ImportPart> {
  return format === "jsonl" ? splitLines(text) : splitEntries(text);
}

function* splitLines(text: string): Generator<ImportPart> {
  let first = 1;
  for (let start = 0; start < text.length || first === 1; ) {
    const { end, lines } = endOfPart(text, start);
    yield { text: text.slice(start, end), first };
    first += lines;
    start = end;
  }
}

function endOfPart(text: string, start: number): { end: number; lines: number } {
  let end = start;
  let lines = 0;
  while (end < text.length && lines < PART_PIECES) {
    const next = text.indexOf("\n", end) + 1 || text.length;
    if (lines > 0 && next - start > PART_CHARS) break;
    end = next;
    lines += 1;
  }
  return { end, lines: Math.max(lines, 1) };
}

function* splitEntries(text: string): Generator<ImportPart> {
  const entries = entriesOf(text);
  let part: string[] = [];
  let chars = 0;
  let first = 1;
  for (const [index, entry] of entries?.entries() ?? []) {
    const piece = pieceOf(entry);
    if (part.length > 0 && (part.length >= PART_PIECES || chars + piece.length > PART_CHARS)) {
      yield { text: toHar(part), first };
      part = [];
      chars = 0;
      first = index + 1;
    }
    part.push(piece);
    chars += piece.length;
  }
  yield { text: entries === null ? "" : toHar(part), first };
}

/** Without the answer, of which nothing is read and which is mostly far larger. What is no entry stays none. */
function pieceOf(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return "null";
  // Any object can be read by names.
  const { startedDateTime, request, _delivery } = entry as Record<string, unknown>;
  try {
    return JSON.stringify({ startedDateTime, request, _delivery });
  } catch {
    // Nested deeper than anything can be written.
    return "null";
  }
}

function toHar(entries: readonly string[]): string {
  return `{"log":{"entries":[${entries.join()}]}}`;
}

function entriesOf(text: string): readonly unknown[] | null {
  try {
    const entries: unknown = JSON.parse(text.replace(/^\ufeff/, ""))?.log?.entries;
    return Array.isArray(entries) ? entries : null;
  } catch {
    // No JSON: the engine says it in words.
    return null;
  }
}
