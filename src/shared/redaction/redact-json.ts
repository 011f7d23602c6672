import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";
import { decodeUtf8 } from "#shared/utf8.ts";
import { childPath, createPathMatcher, type JsonPath } from "./path-matcher.ts";
import { type Fingerprint, placeholderNumber, placeholderText } from "./placeholder.ts";
import type { Splice } from "./splice-bytes.ts";
import { type ContentRule, takeOutTexts } from "./take-out-texts.ts";

const ENCODER = new TextEncoder();

/**
 * What has to change in a JSON body so that nothing of the rules' values is left: values at a path as a whole, texts
 * where they stand in strings, keys and numbers. A text becomes a text, a number a number, `true` becomes `false`; null
 * stays, for it says nothing. A string that is written with escapes is written anew, if a text in it goes.
 */
export function redactJson(
  bytes: Uint8Array,
  index: JsonIndex,
  rules: readonly ContentRule[],
  fingerprint: Fingerprint,
): Splice[] {
  const byPath = rules
    .filter(({ kind }) => kind === "body")
    .map((rule) => ({ rule, fits: createPathMatcher(rule.text) }));
  const byText = rules.filter(({ kind }) => kind === "value");
  /** Of containers only, by their number. */
  const paths = new Map<number, { readonly path: JsonPath; readonly rule: ContentRule | undefined }>();
  const splices: Splice[] = [];

  const splice = (start: number, end: number, text: string | null): void => {
    if (text !== null) splices.push({ start, end, bytes: ENCODER.encode(text) });
  };

  for (let value = 0; value < index.count; value++) {
    const [start = 0, end = 0, keyStart = 0, keyEnd = 0] = placesOf(index, value);
    const kind = index.kinds[value];
    const isContainer = kind === JSON_KIND.object || kind === JSON_KIND.array;
    if (keyEnd > 0 && byText.length > 0) splice(keyStart, keyEnd, withoutTexts(bytes, keyStart, keyEnd));
    if (byPath.length > 0) {
      const around = value === 0 ? undefined : paths.get(index.parents[value] ?? 0);
      const path = value === 0 ? "" : childPath(around?.path ?? null, stepOf(value, keyStart, keyEnd));
      const rule = around?.rule ?? byPath.find(({ fits }) => fits(path))?.rule;
      if (isContainer) paths.set(value, { path, rule });
      else if (rule !== undefined && kind !== JSON_KIND.null) {
        rule.count();
        splice(start, end, wholly(kind, start, end));
        continue;
      }
    }
    if (isContainer || byText.length === 0) continue;
    if (kind === JSON_KIND.string) splice(start, end, withoutTexts(bytes, start, end));
    else if (kind === JSON_KIND.number) splice(start, end, withoutNumber(start, end));
  }
  return splices;

  function stepOf(value: number, keyStart: number, keyEnd: number): string | number {
    return keyEnd === 0 ? (index.positions[value] ?? 0) : decoded(bytes, keyStart, keyEnd);
  }

  function wholly(kind: number | undefined, start: number, end: number): string {
    if (kind === JSON_KIND.string) return JSON.stringify(placeholderText(fingerprint, decoded(bytes, start, end)));
    if (kind === JSON_KIND.number) return placeholderNumber(fingerprint, decodeUtf8(bytes.subarray(start, end)));
    return "false";
  }

  /** The string from quote to quote without the texts that have to go; null where it has none of them. */
  function withoutTexts(from: Uint8Array, start: number, end: number): string | null {
    const written = decodeUtf8(from.subarray(start, end));
    const isPlain = !written.includes("\\");
    const text = isPlain ? written.slice(1, -1) : String(JSON.parse(written));
    const changed = takeOutTexts(text, byText, fingerprint);
    if (changed === text) return null;
    return isPlain ? `"${changed}"` : JSON.stringify(changed);
  }

  function withoutNumber(start: number, end: number): string | null {
    const written = decodeUtf8(bytes.subarray(start, end));
    const rule = byText.find(({ text }) => written.includes(text));
    rule?.count();
    return rule === undefined ? null : placeholderNumber(fingerprint, written);
  }
}

function placesOf({ starts, ends, keyStarts, keyEnds }: JsonIndex, value: number) {
  return [starts[value], ends[value], keyStarts[value], keyEnds[value]] as const;
}

function decoded(bytes: Uint8Array, start: number, end: number): string {
  return String(JSON.parse(decodeUtf8(bytes.subarray(start, end))));
}
