import type { LaunchOption } from "#shared/domain/launch-option.ts";
import { SETTING_FLAGS, type Settings } from "#shared/domain/settings.ts";
import { SECTIONS, type SettingEntry } from "./setting-entry.ts";

/** Whether this host has it: some are started without what others are told at the start. */
export function isOnThisHost({ launch }: SettingEntry, options: readonly LaunchOption[]): boolean {
  return launch === undefined || options.some(({ id }) => id === launch);
}

/** The words of a search, each of which must occur; empty for none. */
export function toWords(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** All that a row can be found by: what it says, its value, and the flag and variable that decide it. */
export function haystackOf(entry: SettingEntry, values: Settings, launch: readonly LaunchOption[]): string {
  const section = SECTIONS.find(({ id }) => id === entry.section)?.title;
  const flags = entry.setting && SETTING_FLAGS[entry.setting];
  const option = launch.find(({ id }) => id === entry.launch);
  const value = entry.setting === undefined ? option?.value : values[entry.setting];
  const parts = [section, entry.title, entry.meaning, entry.standard, entry.effect, entry.words];
  return [...parts, flags?.flag, flags?.variable, option?.flag, option?.variable, toText(value)]
    .filter((part) => part !== undefined && part !== null)
    .join("\n")
    .toLowerCase();
}

export function isFound(haystack: string, words: readonly string[]): boolean {
  return words.every((word) => haystack.includes(word));
}

/** A text in pieces, with those marked that a word of the search fits. Joined, they are the text again. */
export function markPieces(text: string, words: readonly string[]): readonly { text: string; isMarked: boolean }[] {
  // Lower case can be longer than what it was made from (İ): then the places would not fit.
  const lower = text.toLowerCase();
  if (words.length === 0 || lower.length !== text.length) return text === "" ? [] : [{ text, isMarked: false }];
  const isMarked = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + 1)) {
      isMarked.fill(true, at, at + word.length);
    }
  }
  const pieces: { text: string; isMarked: boolean }[] = [];
  for (let index = 0; index < text.length; index++) {
    const last = pieces.at(-1);
    const marked = isMarked[index] === true;
    if (last?.isMarked === marked) last.text += text[index];
    else pieces.push({ text: text[index] ?? "", isMarked: marked });
  }
  return pieces;
}

function toText(value: unknown): string {
  if (Array.isArray(value)) return value.map(toText).join(" ");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
