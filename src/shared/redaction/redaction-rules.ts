import * as z from "zod";

/** What is taken out of a delivery before it leaves the app. */
export type RedactionRule =
  /** The whole value of a header. */
  | { readonly kind: "header"; readonly name: string }
  /** The whole value of a parameter in the path's query. */
  | { readonly kind: "query"; readonly name: string }
  /** What stands in the JSON body at a path, as in a search: `data.items[].id`; of an object or array, all inside. */
  | { readonly kind: "body"; readonly path: string }
  /** This text, wherever it stands: plain text and no pattern, which a hostile body could make run for ever. */
  | { readonly kind: "value"; readonly text: string };

export const REDACTION_FORMS = "header:NAME, query:NAME, body:data.items[].id or value:TEXT";

/** What says who somebody is, or where: credentials, addresses of senders, and that of the tunnel. */
export const DEFAULT_REDACTION: readonly string[] = [
  "header:Authorization",
  "header:Proxy-Authorization",
  "header:Cookie",
  "header:X-Api-Key",
  "header:Host",
  "header:Forwarded",
  "header:X-Forwarded-For",
  "header:X-Forwarded-Host",
  "header:X-Forwarded-Server",
  "header:X-Real-IP",
  "header:X-Client-IP",
  "header:True-Client-IP",
  "header:CF-Connecting-IP",
];

const MAX_RULE_CHARS = 300;
export const MAX_REDACTION_RULES = 200;
/** Shorter ones would tear holes into everything. */
const MIN_VALUE_CHARS = 3;

/** Reads one rule; null for what is none. */
export function parseRedactionRule(text: string): RedactionRule | null {
  const [, kind, rest = ""] = /^(header|query|body|value):(.+)$/s.exec(text.trim()) ?? [];
  switch (kind) {
    case "header":
      return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(rest.trim()) ? { kind, name: rest.trim().toLowerCase() } : null;
    case "query":
      return { kind, name: rest.trim() };
    case "body":
      return rest.trim() === "" ? null : { kind, path: rest.trim() };
    case "value":
      return rest.length < MIN_VALUE_CHARS ? null : { kind, text: rest };
    default:
      return null;
  }
}

/** A rule as it is written, kept and shown. */
export const RedactionRuleText = z
  .string()
  .trim()
  .max(MAX_RULE_CHARS)
  .refine((text) => parseRedactionRule(text) !== null, {
    error: ({ input }) =>
      `“${String(input)}” is no rule. Write ${REDACTION_FORMS} (at least ${MIN_VALUE_CHARS} characters).`,
  });
