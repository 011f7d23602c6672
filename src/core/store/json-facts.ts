import { hash } from "node:crypto";

/**
 * Begins the word that stands for one value at one path of a body. A private-use character: SQLite's tokeniser takes
 * it as a letter, and it is taken out of everything else that is indexed or looked for, so nobody can forge such a word.
 */
const MARK = "\u{e000}";
/** Events have some ten values; a body made to fill the index gets no further than this. */
const MAX_FACTS = 1_000;
const MAX_DEPTH = 32;
/** Nobody looks for a longer one, and each value under it would cost its whole length. */
const MAX_PATH_CHARS = 200;
/** Of paths and values together: what is hashed for one body. A value that does not fit is left out. */
const MAX_FACT_CHARS = 64 * 1024;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** So many decimal digits come back from a double as they were; with more, different numbers become one. */
const EXACT_DIGITS = 15;
/** What only a body with a longer number has: looking at each number as it is written takes several times as long. */
const LONG_NUMBER = /[\d.]{16}/;
const HASH_DIGITS = 16;

/** Text as it may stand beside such words. */
export function withoutMarks(text: string): string {
  return text.replaceAll(MARK, " ");
}

/** FTS5 merges the list of a word as a whole: of 300 bodies that had two words 20 000 times each, that took 60 ms. */
const MAX_REPEATS = 1_000;
const REPEATABLE = /[^\s,]+/g;

/**
 * The same text, of which each word stays that often at most. What is left out stands as one mark, so that nobody finds
 * words side by side that were not.
 */
export function withFewRepeats(text: string): string {
  if (text.length < 2 * MAX_REPEATS) return text;
  const times = new Map<string, number>();
  let isLeftOut = false;
  return text.replace(REPEATABLE, (word) => {
    const before = times.get(word) ?? 0;
    times.set(word, before + 1);
    const wasLeftOut = isLeftOut;
    isLeftOut = before >= MAX_REPEATS;
    if (!isLeftOut) return word;
    return wasLeftOut ? "" : MARK;
  });
}

/**
 * A word for each value of a JSON body, so that `path=value` is one look-up, exact however the JSON is written. None
 * for a body that is no JSON. A value in an array has one for its place and one for any place: `items[0].id`, `items[].id`.
 */
export function factWords(body: string): string[] {
  if (!/^\s*[[{]/.test(body)) return [];
  const facts: Facts = { words: new Set(), charsLeft: MAX_FACT_CHARS };
  try {
    collect(LONG_NUMBER.test(body) ? JSON.parse(body, keepLongNumber) : JSON.parse(body), [""], 0, facts);
  } catch {
    // No JSON, whatever it claims: its text can be searched like any other.
  }
  return [...facts.words];
}

interface Facts {
  readonly words: Set<string>;
  charsLeft: number;
}

/** The words that `path=value` looks for: a number counts however it is written. */
export function wordsFor(path: string, value: string): string[] {
  return [...new Set([value, canonical(value)])].map((text) => wordOf(path, text));
}

/** A reviver: a number that a double would change becomes its own text. */
function keepLongNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" && context?.source !== undefined ? canonical(context.source) : value;
}

/** A number as the index has it; any other text, and a number that a double cannot tell from others, as it is. */
function canonical(value: string): string {
  if (!JSON_NUMBER.test(value)) return value;
  // Zeros around the others do not make it less exact.
  const digits = value
    .replace(/[eE].*$/, "")
    .replace(/\D/g, "")
    .replace(/^0+|0+$/g, "");
  const number = Number(value);
  return digits.length <= EXACT_DIGITS && Number.isFinite(number) ? String(number) : value;
}

function collect(value: unknown, paths: readonly string[], depth: number, facts: Facts): void {
  const [exact = "", ...anywhere] = paths;
  // The exact path is the longest one.
  if (isFull(facts) || depth > MAX_DEPTH || exact.length > MAX_PATH_CHARS) return;
  if (Array.isArray(value)) {
    const loose = anywhere.length === 0 ? [exact] : anywhere;
    for (const [index, entry] of value.entries()) {
      if (isFull(facts)) return;
      collect(entry, [`${exact}[${index}]`, ...loose.map((path) => `${path}[]`)], depth + 1, facts);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      if (isFull(facts)) return;
      const deeper = paths.map((path) => (path === "" ? key : `${path}.${key}`));
      collect(entry, deeper, depth + 1, facts);
    }
  } else {
    for (const path of paths) add(path, String(value), facts);
  }
}

function isFull({ words, charsLeft }: Facts): boolean {
  return words.size >= MAX_FACTS || charsLeft <= 0;
}

function add(path: string, value: string, facts: Facts): void {
  const chars = path.length + value.length;
  if (chars > facts.charsLeft) return;
  facts.charsLeft -= chars;
  facts.words.add(wordOf(path, value));
}

function wordOf(path: string, value: string): string {
  return MARK + hash("sha256", `${path}=${value}`).slice(0, HASH_DIGITS);
}
