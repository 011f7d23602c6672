import { isForeignOperator } from "./parse-query.ts";
import type { TermTest } from "./query.ts";
import { scanQuery } from "./scan-query.ts";

/** A term as one would type it, with quotes where it needs them; `parseQuery` reads the same from it. */
export function formatTerm(term: TermTest & { readonly isNegated?: boolean }): string {
  const isNegated = term.isNegated === true;
  return `${isNegated ? "-" : ""}${formatTest(term, isNegated)}`;
}

/** A text so that it is looked for as it stands, whatever it looks like. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function formatTest(test: TermTest, isNegated: boolean): string {
  switch (test.kind) {
    case "text":
      return isPlainText(test.text) && !(isNegated && test.text.startsWith("-")) ? test.text : quote(test.text);
    case "field":
      return `${test.key}:${test.values.map(formatValue).join(",")}`;
    case "path":
      return `${test.path}=${test.values.map(formatValue).join(",")}`;
  }
}

function formatValue(value: string): string {
  return value === "" || /^"|[\s,]/.test(value) ? quote(value) : value;
}

function isPlainText(text: string): boolean {
  const [term] = scanQuery(text);
  // A value is shorter than the whole where anything else stands before, around or behind it.
  return term?.values[0]?.text === text && !isForeignOperator(term);
}
