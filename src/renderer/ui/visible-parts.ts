/** A stretch of plain text, or a mark that stands for one character nobody would see. */
export interface TextPart {
  readonly text: string;
  readonly isMark: boolean;
  /** The character's code point, for a tooltip. */
  readonly title?: string;
}

/**
 * C0 and C1 controls, DEL, soft hyphen, zero-width and direction characters (Unicode's Bidi_Control and
 * Default_Ignorable code points that occur in attacks, https://www.unicode.org/reports/tr36/), BOM and lone surrogates.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu;

/** Cuts a text into what can be shown as it is and marks for the rest; with `keepLines`, tabs and line ends stay. */
export function visibleParts(text: string, keepLines = false): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(INVISIBLE)) {
    const [character] = match;
    if (keepLines && (character === "\n" || character === "\t")) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isMark: false });
    parts.push(toMark(character));
    end = match.index + character.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMark: false });
  return parts;
}

/** Written as programmers escape it: no font has to have a sign for it. */
function toMark(character: string): TextPart {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const text = SHORT_ESCAPES[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`);
  return { text, isMark: true, title: `U+${hex.toUpperCase().padStart(4, "0")}` };
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
