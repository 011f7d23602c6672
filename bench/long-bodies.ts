/** Payloads as long as the listener takes, or as is drawn without leaving out a row; each the worst for something. */
const BODY_BYTES = 10 * 1024 * 1024 - 100;
const DEPTH = 500;
const DRAWN_BYTES = 15_500;
const DRAWN_LINES = 490;

export type LongBody = string | Uint8Array<ArrayBuffer>;

/** What JSON can be. */
export const JSON_BODIES: Readonly<Record<string, string>> = {
  "numbers in one line": `[${"1,".repeat(BODY_BYTES / 2 - 2)}1]`,
  "short texts in one line": `[${'"abcd",'.repeat(BODY_BYTES / 7 - 2)}1]`,
  "one string": `["${"lorem ipsum ".repeat(BODY_BYTES / 12 - 1)}"]`,
  "nested lists in one line": `[${`${"[".repeat(DEPTH)}${"]".repeat(DEPTH)},`.repeat(BODY_BYTES / (2 * DEPTH + 1) - 1)}1]`,
  "15 kB of numbers": `[${"1,".repeat(DRAWN_BYTES / 2)}1]`,
  "15 kB of names and numbers": JSON.stringify(
    Array.from({ length: DRAWN_BYTES / 44 }, (_, id) => ({ id, name: "a b c", isReady: true })),
  ),
  "490 lines": JSON.stringify(Array(DRAWN_LINES / 7).fill({ a: "lorem ipsum", b: 1, c: [true], d: null }), null, 1),
  "short lines": `[\n${`  "lorem ipsum dolor",\n`.repeat(BODY_BYTES / 23 - 1)}1]`,
};

/** What can only be shown as it came. */
export const OTHER_BODIES: Readonly<Record<string, LongBody>> = {
  "text in one line": "lorem ipsum ".repeat(BODY_BYTES / 12),
  "right to left in one line": "שלום, ".repeat(BODY_BYTES / 10),
  binary: Uint8Array.from({ length: BODY_BYTES }, (_, at) => (at * 31) % 256),
};
