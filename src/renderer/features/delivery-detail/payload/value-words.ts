import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";
import { decodeUtf8 } from "#shared/utf8.ts";
import { formatPlural } from "../../../theme/format.ts";
import { readString } from "./find-text.ts";
import type { PieceKind } from "./pieces.ts";
import { cutAt } from "./text-rows.ts";

/** A value as a row of a tree says it. */
export interface ValueWords {
  readonly text: string;
  readonly kind: PieceKind;
  /** Bytes of it that are not in `text`. */
  readonly hiddenBytes: number;
}

/** What a row has room for. */
const MAX_ROW_CHARS = 160;

/** A value in a row: texts with their escapes resolved, numbers exactly as they are written, containers by their size. */
export function valueWords(bytes: Uint8Array, index: JsonIndex, value: number): ValueWords {
  const start = index.starts[value] ?? 0;
  const end = index.ends[value] ?? 0;
  const count = index.childCounts[value] ?? 0;
  switch (index.kinds[value]) {
    case JSON_KIND.object:
      return { text: count === 0 ? "{}" : `{ ${formatPlural(count, "member")} }`, kind: "plain", hiddenBytes: 0 };
    case JSON_KIND.array:
      return { text: count === 0 ? "[]" : `[ ${formatPlural(count, "value")} ]`, kind: "plain", hiddenBytes: 0 };
    case JSON_KIND.string: {
      const shownEnd = cutAt(bytes, start, end);
      const text = readString(bytes, start, shownEnd);
      const shown = shorten(text);
      const isCut = shownEnd < end || shown.length < text.length;
      return {
        text: isCut ? `"${shown}…` : `"${shown}"`,
        kind: "string",
        hiddenBytes: isCut ? end - start - shown.length : 0,
      };
    }
    default: {
      const text = decodeUtf8(bytes.subarray(start, Math.min(end, start + MAX_ROW_CHARS)));
      const hiddenBytes = Math.max(0, end - start - MAX_ROW_CHARS);
      return { text: hiddenBytes > 0 ? `${text}…` : text, kind: "literal", hiddenBytes };
    }
  }
}

/** Never ends in half of a character. */
function shorten(text: string): string {
  if (text.length <= MAX_ROW_CHARS) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(MAX_ROW_CHARS - 1)) ? MAX_ROW_CHARS - 1 : MAX_ROW_CHARS;
  return text.slice(0, end);
}

/** A value to copy: the text that a string stands for, everything else exactly as it is written. */
export function valueText(bytes: Uint8Array, index: JsonIndex, value: number): string {
  const start = index.starts[value] ?? 0;
  const end = index.ends[value] ?? 0;
  return index.kinds[value] === JSON_KIND.string
    ? readString(bytes, start, end)
    : decodeUtf8(bytes.subarray(start, end));
}
