import type { SnippetLanguage } from "#shared/contract/export-commands.ts";

/** Writes any text as a string of a programming language, quotes included: printable ASCII of which nothing is run. */
export type Literal = (text: string) => string;

/** These read alike in all the languages. */
const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

export const LITERALS: Readonly<Record<SnippetLanguage, Literal>> = {
  node: inEitherQuotes(utf16),
  python: inEitherQuotes(utf32),
  // In double quotes, PHP puts in what $ names, and Ruby what # does.
  php: quoted(braced, "$"),
  ruby: quoted(braced, "#"),
  go: quoted(utf32),
  // Java reads \uXXXX before it looks for strings: as a quote or a line end it would end this one.
  java: quoted((character) => (codeOf(character) < 0x80 ? octal(codeOf(character)) : utf16(character))),
};

/** A text's UTF-8 as a bytes object of Python. */
export function pythonBytes(text: string): string {
  const perByte = Buffer.from(text).toString("latin1");
  return `b${inEitherQuotes((character) => `\\x${hex(codeOf(character), 2)}`)(perByte)}`;
}

/** In the quotes that the text has less of, so that JSON can be read; they are alike in the language. */
function inEitherQuotes(encode: (character: string) => string): Literal {
  const [double, single] = [quoted(encode), quoted(encode, "", "'")];
  return (text) => (text.split('"').length > text.split("'").length ? single(text) : double(text));
}

/** `special` is what means something within the quotes besides the backslash, and may stand behind one. */
function quoted(encode: (character: string) => string, special = "", quote = '"'): Literal {
  const write = (character: string) =>
    NAMED[character] ?? (`${quote}${special}`.includes(character) ? `\\${character}` : encode(character));
  const unsafe = new RegExp(`[^\\x20-\\x7e]|[\\\\${quote}${special}]`, "gu");
  return (text) => `${quote}${text.replace(unsafe, write)}${quote}`;
}

function utf16(character: string): string {
  return Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at), 4)}`).join("");
}

function utf32(character: string): string {
  return `\\U${hex(codeOf(character), 8)}`;
}

function braced(character: string): string {
  return `\\u{${codeOf(character).toString(16)}}`;
}

function octal(code: number): string {
  return `\\${code.toString(8).padStart(3, "0")}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
