import type { JsonStyle } from "#shared/domain/verification.ts";

/** The body's JSON as another serialiser would have written it. */
export interface JsonRewrite {
  readonly style: JsonStyle;
  readonly bytes: Buffer;
}

/** Above this only `JSON.stringify` itself is tried: each style costs a parse and a few copies. */
const MAX_STYLED_BYTES = 1024 * 1024;
/** Nesting and indentation multiply: a small hostile body could grow to hundreds of megabytes. */
const MAX_STYLED_DEPTH = 32;
const MAX_GROWTH = 4;
const GROWTH_ALLOWANCE_BYTES = 4 * 1024;

/** Rewrites that differ from the body and from each other, the likeliest first. Empty where the body is not JSON. */
export function jsonRewrites(body: Uint8Array): JsonRewrite[] {
  const rewrites: JsonRewrite[] = [];
  const seen = [Buffer.from(body.buffer, body.byteOffset, body.byteLength)];
  for (const [style, text] of styledTexts(seen[0] ?? Buffer.alloc(0))) {
    const bytes = Buffer.from(text, "utf8");
    const isTooLong = bytes.length > MAX_GROWTH * body.length + GROWTH_ALLOWANCE_BYTES;
    if (isTooLong || seen.some((known) => known.equals(bytes))) continue;
    seen.push(bytes);
    rewrites.push({ style, bytes });
  }
  return rewrites;
}

function styledTexts(body: Buffer): [JsonStyle, string][] {
  try {
    // A decoder that replaces what is not UTF-8 and drops the BOM, like those of the frameworks that parse bodies.
    const json: unknown = JSON.parse(new TextDecoder().decode(body));
    const compact = JSON.stringify(json);
    if (body.length > MAX_STYLED_BYTES || isDeeperThan(json, MAX_STYLED_DEPTH)) return [["compact", compact]];
    return [
      ["compact", compact],
      ["indented-2", JSON.stringify(json, null, 2)],
      ["python", toPython(json)],
      ["php", toPhp(compact)],
      ["sorted-keys", JSON.stringify(withSortedKeys(json))],
      ["indented-4", JSON.stringify(json, null, 4)],
    ];
  } catch {
    // Not JSON, or nested so deeply that JSON.stringify gives up: nobody signed a re-serialised form of that either.
    return [];
  }
}

function isDeeperThan(json: unknown, levels: number): boolean {
  if (typeof json !== "object" || json === null) return false;
  return levels === 0 || Object.values(json).some((child) => isDeeperThan(child, levels - 1));
}

/** As `json.dumps` writes by default: a space after commas and colons, ASCII only. */
function toPython(json: unknown): string {
  // Line breaks inside strings are escaped, so each one that stands here comes from the indentation.
  const spaced = JSON.stringify(json, null, 1)
    .replace(/,\n */g, ", ")
    .replace(/([[{])\n */g, "$1")
    .replace(/\n *([\]}])/g, "$1");
  return escapeNonAscii(spaced.replaceAll("\u007f", "\\u007f"));
}

/** As `json_encode` writes by default. A slash can stand nowhere but in a string. */
function toPhp(compact: string): string {
  return escapeNonAscii(compact.replaceAll("/", "\\/"));
}

function escapeNonAscii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Object.fromEntries defines properties, it does not assign them: a key `__proto__` stays a key. */
function withSortedKeys(json: unknown): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(withSortedKeys);
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, withSortedKeys(value)]));
}
