/** How a body can be shown: as text, or as bytes where it is not UTF-8. */
export type PayloadText = { readonly kind: "text"; readonly text: string } | { readonly kind: "binary" };

/** Reads bytes as UTF-8, a BOM kept; with `isCut`, a character that was cut in two at the end is left out. */
export function readText(bytes: Uint8Array, isCut: boolean): PayloadText {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return { kind: "text", text: decoder.decode(bytes, { stream: isCut }) };
  } catch {
    // Not UTF-8: what it is stands in its bytes.
    return { kind: "binary" };
  }
}

const INDENT = "  ";
/** A text of JSON, cut into strings, punctuation and everything else between white space. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * JSON on lines of its own, every token exactly as it stood: numbers keep their digits, repeated keys stay. Null where
 * the text is not JSON. Needs no recursion, so depth is no danger.
 */
export function formatJson(text: string): string | null {
  if (!isJson(text)) return null;
  const out: string[] = [];
  let depth = 0;
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "}" || token === "]") {
      depth -= 1;
      if (before !== "{" && before !== "[") out.push("\n", indent(depth));
    } else if (before === "{" || before === "[" || before === ",") {
      out.push("\n", indent(depth));
    }
    out.push(token === ":" ? ": " : token);
    if (token === "{" || token === "[") depth += 1;
    before = token;
  }
  return out.join("");
}

/** Deep enough for any reader; a body that nests a million times must not become a text of white space alone. */
const MAX_INDENT = 40;

function indent(depth: number): string {
  return INDENT.repeat(Math.min(depth, MAX_INDENT));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Not JSON, or nested beyond what the parser takes: shown as it came.
    return false;
  }
}

/** Longer lines are cut, so that a body of one line is drawn in pieces like any other. */
const MAX_LINE_CHARS = 1_000;

/** A row of a text view; `line` counts from 1 and is null for the rest of a line that was cut. */
export interface TextRow {
  readonly line: number | null;
  readonly text: string;
}

export function toRows(text: string): TextRow[] {
  const rows: TextRow[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    rows.push({ line: index + 1, text: line.slice(0, MAX_LINE_CHARS) });
    for (let at = MAX_LINE_CHARS; at < line.length; at += MAX_LINE_CHARS) {
      rows.push({ line: null, text: line.slice(at, at + MAX_LINE_CHARS) });
    }
  }
  return rows;
}

const BYTES_PER_ROW = 16;

/** `00000010  7b 22 74 …  {"t…`: as many rows as there are sixteens of bytes. */
export function toHexRows(bytes: Uint8Array): TextRow[] {
  const rows: TextRow[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_ROW) {
    const part = [...bytes.subarray(at, at + BYTES_PER_ROW)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    const offset = at.toString(16).padStart(8, "0");
    rows.push({ line: null, text: `${offset}  ${hex.padEnd(BYTES_PER_ROW * 3 - 1)}  ${text}` });
  }
  return rows;
}
