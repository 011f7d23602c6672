import { isJson } from "#shared/json/is-json.ts";

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
