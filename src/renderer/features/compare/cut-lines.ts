import type { Text } from "@codemirror/state";
import type { TextPair } from "./compare-messages.ts";

/** Only whole lines come and go with scrolling: a longer one, laid out at once, would hold the window up. */
const MAX_LINE_CHARS = 400;

/** A text whose long lines were cut. `lineNumbers` has one for each line of it; 0 is the rest of a line that was cut. */
export interface CutText {
  readonly text: string;
  readonly lineNumbers: readonly number[];
}

/**
 * Cuts long lines of two compared texts, at the same places of what both have, so that no cut is a difference. Returns
 * the changes with them, as they are to be counted then.
 */
export function cutLines({ before, after, changes, firstLine }: TextPair) {
  const [old, now] = [createCutter(firstLine), createCutter(firstLine)];
  const moved = new Uint32Array(changes.length);
  let copied = 0;
  const copySame = (until: number): void => {
    for (; copied < until; copied++) {
      const char = before.charAt(copied);
      if (old.mayCutBefore(char) && (old.isFull() || now.isFull())) for (const side of [old, now]) side.cut();
      for (const side of [old, now]) side.add(char);
    }
  };
  for (let at = 0; at < changes.length; at += 4) {
    const [fromA = 0, toA = 0, fromB = 0, toB = 0] = changes.subarray(at, at + 4);
    copySame(fromA);
    moved[at] = old.length();
    moved[at + 2] = now.length();
    old.addCut(before.slice(fromA, toA));
    now.addCut(after.slice(fromB, toB));
    moved[at + 1] = old.length();
    moved[at + 3] = now.length();
    copied = toA;
  }
  copySame(before.length);
  return { before: old.end(), after: now.end(), changes: moved };
}

function createCutter(firstLine: number) {
  let text = "";
  let lineStart = 0;
  let line = firstLine;
  const lineNumbers = [firstLine];
  const startLine = (number: number): void => {
    lineNumbers.push(number);
    lineStart = text.length;
  };
  const cutter = {
    length: (): number => text.length,
    isFull: (): boolean => text.length - lineStart >= MAX_LINE_CHARS,
    /** Neither in the middle of a character, nor where a line ends anyway. */
    mayCutBefore: (char: string): boolean => char !== "\n" && (char.charCodeAt(0) & 0xfc00) !== 0xdc00,
    cut(): void {
      text += "\n";
      startLine(0);
    },
    add(char: string): void {
      text += char;
      if (char !== "\n") return;
      line += 1;
      startLine(line);
    },
    addCut(chars: string): void {
      for (let at = 0; at < chars.length; at++) {
        const char = chars.charAt(at);
        if (cutter.isFull() && cutter.mayCutBefore(char)) cutter.cut();
        cutter.add(char);
      }
    },
    end: (): CutText => ({ text, lineNumbers }),
  };
  return cutter;
}

/** A stretch of the text as it was before its lines were cut. */
export function withoutCuts(doc: Text, from: number, to: number, lineNumbers: readonly number[]): string {
  let text = "";
  const first = doc.lineAt(from).number;
  for (let number = first; number <= doc.lineAt(to).number; number++) {
    const line = doc.line(number);
    if (number > first && lineNumbers[number - 1] !== 0) text += "\n";
    text += doc.sliceString(Math.max(line.from, from), Math.min(line.to, to));
  }
  return text;
}
