import { indexJson } from "#shared/json/json-index.ts";
import { readUtf8 } from "#shared/utf8.ts";
import { type Fingerprint, placeholderText } from "./placeholder.ts";
import { redactJson } from "./redact-json.ts";
import { findBytes, type Splice, spliceBytes } from "./splice-bytes.ts";
import type { ContentRule } from "./take-out-texts.ts";

/** Either what is left, or why nobody can say that what has to go would be gone. */
export type RedactedBody =
  | { readonly kind: "redacted"; readonly body: Uint8Array }
  | { readonly kind: "unsure"; readonly why: string };

const BOM_BYTES = 3;
const ENCODER = new TextEncoder();

/**
 * Takes out of a body what the rules name; all other bytes stay exactly as they are. Paths speak of JSON only: what has
 * none of it passes, what began as JSON and is broken is refused, because nobody knows where its values end.
 */
export function redactBody(bytes: Uint8Array, rules: readonly ContentRule[], fingerprint: Fingerprint): RedactedBody {
  if (rules.length === 0 || bytes.length === 0) return { kind: "redacted", body: bytes };
  const text = readUtf8(bytes);
  const texts = rules.filter(({ kind }) => kind === "value");
  const hasPaths = texts.length < rules.length;
  if (text === null && hasPaths) return unsure("Its body is not text, so rules for paths in it cannot be kept.");
  if (text === null || !/^\ufeff?\s*[[{"]/.test(text)) return redacted(bytes, findTexts(bytes, texts, fingerprint));

  const from = text.startsWith("\ufeff") ? BOM_BYTES : 0;
  const json = bytes.subarray(from);
  const { kind, index } = indexJson(json);
  if (kind !== "whole") {
    if (hasPaths) return unsure("Its body is broken JSON, so rules for paths in it cannot be kept.");
    return redacted(bytes, findTexts(bytes, texts, fingerprint));
  }
  if (index.hasMore) return unsure("Its body has over a million values: too many to look through.");
  const splices = redactJson(json, index, rules, fingerprint);
  return redacted(
    bytes,
    splices.map((splice) => ({ ...splice, start: splice.start + from, end: splice.end + from })),
  );
}

function redacted(bytes: Uint8Array, splices: readonly Splice[]): RedactedBody {
  return { kind: "redacted", body: splices.length === 0 ? bytes : spliceBytes(bytes, splices) };
}

function unsure(why: string): RedactedBody {
  return { kind: "unsure", why };
}

/** The texts as they are, and as JSON and forms write them, in bytes that are no JSON. Of two that overlap, the first goes. */
function findTexts(bytes: Uint8Array, texts: readonly ContentRule[], fingerprint: Fingerprint): Splice[] {
  const found = texts.flatMap((rule) =>
    formsOf(rule.text).flatMap((form) => {
      const wanted = ENCODER.encode(form);
      const put = ENCODER.encode(placeholderText(fingerprint, rule.text));
      return findBytes(bytes, wanted).map((start) => ({ start, end: start + wanted.length, bytes: put, rule }));
    }),
  );
  const splices: Splice[] = [];
  let behind = 0;
  for (const { start, end, bytes: put, rule } of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= behind) continue;
    rule.count();
    // Of one that began inside the last, the rest goes with it.
    splices.push({ start: Math.max(start, behind), end, bytes: put });
    behind = end;
  }
  return splices;
}

function formsOf(text: string): string[] {
  const encoded = encodeURIComponent(text.toWellFormed());
  return [...new Set([text, JSON.stringify(text).slice(1, -1), encoded, encoded.replaceAll("%20", "+")])];
}
