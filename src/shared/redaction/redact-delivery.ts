import { type HeaderPairs, headerValue } from "#shared/domain/headers.ts";
import { type Fingerprint, placeholderText } from "./placeholder.ts";
import { redactBody } from "./redact-body.ts";
import { parseRedactionRule, type RedactionRule } from "./redaction-rules.ts";
import { type ContentRule, takeOutTexts } from "./take-out-texts.ts";

/** What of a delivery leaves the app. Headers have one byte per character. */
export interface Redactable {
  readonly path: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
}

export type Redacted = ({ readonly kind: "redacted" } & Redactable) | { readonly kind: "unsure"; readonly why: string };

/** Takes out what the rules name, and counts what each took out of all deliveries. */
export interface Redactor {
  redact(delivery: Redactable): Redacted;
  /** A text beside the delivery, as a note: only the rules for texts look into it. */
  redactText(text: string): string;
  /** In the order of the rules, those that took out nothing as well. */
  counts(): { rule: string; count: number }[];
}

/** Texts that are no rule are left out: whoever takes them in has refused them. */
export function createRedactor(rules: readonly string[], fingerprint: Fingerprint): Redactor {
  const counted = [...new Set(rules.map((text) => text.trim()))].flatMap((text) => {
    const rule = parseRedactionRule(text);
    return rule === null ? [] : [{ text, rule, count: 0 }];
  });
  const of = <K extends RedactionRule["kind"]>(kind: K) =>
    counted.flatMap((entry) =>
      // The kind was just compared.
      entry.rule.kind === kind
        ? [{ rule: entry.rule as Extract<RedactionRule, { kind: K }>, count: () => void entry.count++ }]
        : [],
    );
  const headerRules = new Map(of("header").map(({ rule, count }) => [rule.name, count]));
  const queryRules = new Map(of("query").map(({ rule, count }) => [rule.name, count]));
  const texts: ContentRule[] = of("value").map(({ rule, count }) => ({ kind: "value", text: rule.text, count }));
  const bodyRules: ContentRule[] = [
    ...of("body").map(({ rule, count }) => ({ kind: "body" as const, text: rule.path, count })),
    ...texts,
  ];

  function redactHeader([name, value]: HeaderPairs[number]): HeaderPairs[number] {
    const count = headerRules.get(name.toLowerCase());
    if (count === undefined) return [name, takeOutTexts(value, texts, fingerprint, (text) => [text, toLatin1(text)])];
    count();
    return [name, placeholderText(fingerprint, value)];
  }

  function redactPath(path: string): string {
    const at = path.indexOf("?");
    if (at < 0 || queryRules.size === 0) return takeOutTexts(path, texts, fingerprint, urlForms);
    const pairs = path
      .slice(at + 1)
      .split("&")
      .map((pair) => {
        const [, name = "", value] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
        const count = queryRules.get(decodeName(name));
        if (count === undefined || !value) return pair;
        count();
        return `${name}=${placeholderText(fingerprint, value)}`;
      });
    return takeOutTexts(`${path.slice(0, at)}?${pairs.join("&")}`, texts, fingerprint, urlForms);
  }

  return {
    redact({ path, headers, body }) {
      const encoding = headerValue(headers, "content-encoding")?.trim().toLowerCase() ?? "identity";
      if (bodyRules.length > 0 && body.length > 0 && encoding !== "identity" && encoding !== "") {
        return {
          kind: "unsure",
          why: "Its body is encoded (Content-Encoding), so rules for what is in it cannot be kept.",
        };
      }
      const redacted = redactBody(body, bodyRules, fingerprint);
      if (redacted.kind === "unsure") return redacted;
      return { kind: "redacted", path: redactPath(path), headers: headers.map(redactHeader), body: redacted.body };
    },
    redactText: (text) => takeOutTexts(text, texts, fingerprint),
    counts: () => counted.map(({ text, count }) => ({ rule: text, count })),
  };
}

/** UTF-8 as headers hold it, one byte per character. */
function toLatin1(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

function urlForms(text: string): string[] {
  const encoded = encodeURIComponent(text.toWellFormed());
  return [
    text,
    toLatin1(text),
    encoded,
    encoded.toLowerCase(),
    encoded.replaceAll("%20", "+"),
    text.replaceAll(" ", "+"),
  ];
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll("+", " "));
  } catch {
    // An escape that is none stands for itself.
    return name;
  }
}
