import { isOneSlipOff } from "#shared/search/nearest.ts";

/** What can be looked for: a name, other words for it, and a key. All of it is compared in lower case. */
export interface Findable {
  readonly label: string;
  readonly keywords: string;
  /** As it reads on a keyboard: `Ctrl K`. */
  readonly keys: string | null;
}

/**
 * How well an entry answers a query; 0 is not at all. Every word of the query has to be found: its key above all, then
 * the beginning of the name, of a word in it, of another word for it, the initials, and last the midst of the name.
 */
export function scoreOf(entry: Findable, query: string): number {
  const text = normalise(query);
  if (text === "") return 1;
  if (entry.keys !== null && isSameKey(entry.keys, query)) return 100;
  const label = normalise(entry.label);
  if (label.startsWith(text)) return 90;
  const scores = text.split(" ").map((word) => wordScore(word, label, normalise(entry.keywords)));
  if (scores.every((score) => score > 0)) return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return initialsOf(label).startsWith(text.replaceAll(" ", "")) ? 30 : 0;
}

/** The entries that answer the query, the best first; equal ones keep their order. */
export function ranked<T extends Findable>(entries: readonly T[], query: string): readonly T[] {
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

/** The same, and after them those that answer it but for a slip of the fingers in a word of four letters or more. */
export function rankedWithSlips<T extends Findable>(entries: readonly T[], query: string): readonly T[] {
  const exact = ranked(entries, query);
  const found = new Set(exact);
  return [...exact, ...entries.filter((entry) => !found.has(entry) && isMeant(entry, normalise(query)))];
}

function isMeant({ label, keywords }: Findable, text: string): boolean {
  const known = normalise(`${label} ${keywords}`).split(" ");
  return text.split(" ").every((word) => {
    return known.some((one) => one.startsWith(word) || (word.length >= MIN_SLIP && isOneSlipOff(word, one)));
  });
}

/** In a shorter word one letter makes too much of a difference. */
const MIN_SLIP = 4;

function wordScore(word: string, label: string, keywords: string): number {
  if (beginsWord(label, word)) return 70;
  if (beginsWord(keywords, word)) return 50;
  return word.length > 1 && label.includes(word) ? 20 : 0;
}

function beginsWord(text: string, start: string): boolean {
  return text.startsWith(start) || text.includes(` ${start}`);
}

function initialsOf(label: string): string {
  return label
    .split(" ")
    .map((word) => word.charAt(0))
    .join("");
}

/** Case tells `g` from `G` where it is a single sign, and nothing where keys are spelt out: `ctrl+k`. */
function isSameKey(keys: string, query: string): boolean {
  const asked = query.trim().replaceAll(/\s*\+\s*(?=\S)/g, " ");
  return asked === keys || (keys.length > 1 && /^(ctrl|⌘|alt|shift|cmd|f\d)/i.test(asked) && isSpelt(keys, asked));
}

function isSpelt(keys: string, asked: string): boolean {
  return keys.toLowerCase() === asked.toLowerCase().replace(/^cmd\b/, "⌘");
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
