import { hash } from "node:crypto";

/**
 * Begins the word that stands for one value at one path of a body. A private-use character: SQLite's tokeniser takes
 * it as a letter, and it is taken out of everything else that is indexed or looked for, so nobody can forge such a word.
 */
const MARK = "\u{e000}";
/** Events have some ten values; a body made to fill the index gets no further than this. */
const MAX_FACTS = 1_000;
const MAX_DEPTH = 32;
const HASH_DIGITS = 16;

/** Text as it may stand beside such words. */
export function withoutMarks(text: string): string {
  return text.replaceAll(MARK, " ");
}

/**
 * A word for each value of a JSON body, so that `path=value` is one look-up, exact however the JSON is written. None
 * for a body that is no JSON. A value in an array has one for its place and one for any place: `items[0].id`, `items[].id`.
 */
export function factWords(body: string): string[] {
  if (!/^\s*[[{]/.test(body)) return [];
  const words = new Set<string>();
  try {
    collect(JSON.parse(body), [""], 0, words);
  } catch {
    // No JSON, whatever it claims: its text can be searched like any other.
  }
  return [...words];
}

/** The words that `path=value` looks for: a number counts however it is written. */
export function wordsFor(path: string, value: string): string[] {
  const asNumber = /^-?\d/.test(value) ? String(Number(value)) : value;
  return [...new Set([value, asNumber])].map((text) => wordOf(path, text));
}

function collect(value: unknown, paths: readonly string[], depth: number, words: Set<string>): void {
  if (words.size >= MAX_FACTS || depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      const [exact = "", ...anywhere] = paths;
      const loose = anywhere.length === 0 ? [exact] : anywhere;
      collect(entry, [`${exact}[${index}]`, ...loose.map((path) => `${path}[]`)], depth + 1, words);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      const deeper = paths.map((path) => (path === "" ? key : `${path}.${key}`));
      collect(entry, deeper, depth + 1, words);
    }
  } else {
    for (const path of paths) words.add(wordOf(path, String(value)));
  }
}

function wordOf(path: string, value: string): string {
  return MARK + hash("sha256", `${path}=${value}`).slice(0, HASH_DIGITS);
}
