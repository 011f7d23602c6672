import { GrowingColumn } from "./growing-column.ts";
import {
  createColumns,
  isObject,
  JSON_KIND,
  type JsonIndex,
  type JsonKind,
  NOTHING_OPEN,
  toOpen,
} from "./json-columns.ts";

/**
 * `whole`: JSON from end to end. `cut`: JSON as far as the bytes go. `broken`: at `offset` stands what no JSON has
 * there; the index holds what came before.
 */
export type JsonReading =
  | { readonly kind: "whole" | "cut"; readonly index: JsonIndex }
  | { readonly kind: "broken"; readonly index: JsonIndex; readonly offset: number; readonly expected: string };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

const WORDS = new Map<number, readonly [text: readonly number[], kind: JsonKind]>([
  [0x74, [[0x74, 0x72, 0x75, 0x65], JSON_KIND.true]],
  [0x66, [[0x66, 0x61, 0x6c, 0x73, 0x65], JSON_KIND.false]],
  [0x6e, [[0x6e, 0x75, 0x6c, 0x6c], JSON_KIND.null]],
]);

/** More than anybody unfolds; it bounds the memory that a body of ten million brackets takes. */
const MAX_VALUES = 1_000_000;

/**
 * Reads UTF-8 bytes by the grammar of RFC 8259 and notes where each value stands. Strict: what `JSON.parse` refuses is
 * `broken`. With `isCut`, an end in the midst of it is no fault. Never throws, needs no recursion.
 */
export function indexJson(
  bytes: Uint8Array,
  { isCut = false, maxValues = MAX_VALUES }: { isCut?: boolean; maxValues?: number } = {},
): JsonReading {
  const columns = createColumns(maxValues);
  const length = bytes.length;
  /** The container that is open; see `toOpen`. */
  let open = NOTHING_OPEN;
  let at = 0;
  let keyStart = 0;
  let keyEnd = 0;
  /** The containers around it. Deep bodies make this long, not the call stack. */
  const stack = new GrowingColumn(64);

  const finish = (reading: "whole" | "cut" | { offset: number; expected: string }): JsonReading => {
    columns.closeAll(Math.min(at, length));
    const index = columns.toIndex();
    return typeof reading === "string" ? { kind: reading, index } : { kind: "broken", index, ...reading };
  };
  const stop = (expected: string): JsonReading =>
    at >= length && isCut ? finish("cut") : finish({ offset: at, expected });
  const skipSpace = (): void => {
    for (; at < length; at++) {
      const byte = bytes[at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
    }
  };

  let state: "value" | "first" | "key" | "after" = "value";
  for (;;) {
    skipSpace();
    if (at >= length) {
      if (state === "after" && open === NOTHING_OPEN) return finish("whole");
      return stop(EXPECTED[state](open));
    }
    const byte = bytes[at] ?? 0;
    if (state === "after") {
      if (open === NOTHING_OPEN) return finish({ offset: at, expected: "the end" });
      const inObject = isObject(open);
      if (byte === COMMA) {
        at += 1;
        state = inObject ? "key" : "value";
        continue;
      }
      if (byte !== (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
        return stop(EXPECTED.after(open));
      }
      at += 1;
      columns.close(open, at);
      open = stack.pop();
      continue;
    }
    if (state === "first" && byte === (isObject(open) ? CLOSE_BRACE : CLOSE_BRACKET)) {
      state = "after";
      continue;
    }
    if (state === "key" || (state === "first" && isObject(open))) {
      if (byte !== QUOTE) return stop("a key in double quotes");
      keyStart = at;
      const end = stringEnd(bytes, at);
      if (end < 0) return stringFault(-end - 1, length);
      at = end;
      keyEnd = end;
      skipSpace();
      if (bytes[at] !== COLON) return stop("a colon");
      at += 1;
      state = "value";
      continue;
    }
    // A value: its end is known at once, but that of a container, which is set when it closes.
    const start = at;
    let kind: JsonKind;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      kind = byte === OPEN_BRACE ? JSON_KIND.object : JSON_KIND.array;
      at += 1;
    } else if (byte === QUOTE) {
      kind = JSON_KIND.string;
      const end = stringEnd(bytes, at);
      if (end < 0) {
        // What there is of a string that was cut is a value all the same.
        if (isCut && -end - 1 >= length) columns.add(kind, open, start, length, keyStart, keyEnd);
        return stringFault(-end - 1, length);
      }
      at = end;
    } else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      kind = JSON_KIND.number;
      const end = numberEnd(bytes, at);
      if (end < 0) {
        at = -end - 1;
        return stop("a digit");
      }
      at = end;
    } else {
      const word = WORDS.get(byte);
      if (word === undefined) return stop("a value");
      const [letters] = word;
      kind = word[1];
      for (let i = 0; i < letters.length; i++, at++) {
        if (bytes[at] !== letters[i]) return stop("true, false or null");
      }
    }
    const added = columns.add(kind, open, start, at, keyStart, keyEnd);
    keyStart = 0;
    keyEnd = 0;
    state = "after";
    if (kind <= JSON_KIND.array) {
      stack.push(open);
      open = toOpen(added, kind);
      state = "first";
    }
  }

  function stringFault(offset: number, end: number): JsonReading {
    at = offset;
    return stop(offset >= end ? "a closing quote" : "a character that may stand in a string");
  }
}

/** What a text has to go on with in each state of reading. */
const EXPECTED = {
  value: () => "a value",
  first: (open: number) => (isObject(open) ? "a key in double quotes or }" : "a value or ]"),
  key: () => "a key in double quotes",
  after: (open: number) => (isObject(open) ? "a comma or }" : "a comma or ]"),
} as const;

/** What may follow a backslash, besides the u of four hex digits. */
const ESCAPED = new Set(Array.from('"\\/bfnrt', (character) => character.charCodeAt(0)));

/** Behind the closing quote of the string that begins at `start`; where it is none, `-1 - offset` of the fault. */
function stringEnd(bytes: Uint8Array, start: number): number {
  const { length } = bytes;
  for (let at = start + 1; at < length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte < 0x20) return -1 - at;
    if (byte !== BACKSLASH) continue;
    at += 1;
    if (at >= length) return -1 - length;
    const escaped = bytes[at] ?? 0;
    if (escaped === 0x75) {
      for (let digit = 0; digit < 4; digit++) {
        at += 1;
        if (at >= length) return -1 - length;
        if (!isHexDigit(bytes[at] ?? 0)) return -1 - at;
      }
    } else if (!ESCAPED.has(escaped)) {
      return -1 - at;
    }
  }
  return -1 - length;
}

/** Behind the last digit of the number that begins at `start`; where it is none, `-1 - offset` of the fault. */
function numberEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  const digits = (): boolean => {
    const first = at;
    while (isDigit(bytes[at] ?? 0)) at++;
    return at > first;
  };
  if (bytes[at] === 0x2d) at++;
  if (bytes[at] === 0x30) at++;
  else if (!digits()) return -1 - at;
  if (bytes[at] === 0x2e) {
    at++;
    if (!digits()) return -1 - at;
  }
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    at++;
    if (bytes[at] === 0x2b || bytes[at] === 0x2d) at++;
    if (!digits()) return -1 - at;
  }
  return at;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isHexDigit(byte: number): boolean {
  return isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}
