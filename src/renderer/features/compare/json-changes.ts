import diff, { type Difference } from "microdiff";
import type { Change } from "./change.ts";

/** Enough to recognise a value by; the text below the list has all of it. */
const MAX_VALUE_CHARS = 240;

/**
 * What changed between two texts of JSON, by path. Null where one of them is not JSON, or nests deeper than can be
 * compared. Numbers that JavaScript cannot hold are compared digit by digit; key order and white space do not count.
 */
export function jsonChanges(before: string, after: string): Change[] | null {
  try {
    // A common root, so that two scalars, or an array and an object, compare like anything else.
    const differences = diff({ root: readJson(before) }, { root: readJson(after) }, { cyclesFix: false });
    return differences.map(toChange);
  } catch (error) {
    // Nested beyond the stack: compared as text instead.
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

function toChange(difference: Difference): Change {
  const path = difference.path
    .slice(1)
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
  switch (difference.type) {
    case "CREATE":
      return { kind: "added", path, before: null, after: valueText(difference.value) };
    case "REMOVE":
      return { kind: "removed", path, before: valueText(difference.oldValue), after: null };
    case "CHANGE":
      return { kind: "changed", path, before: valueText(difference.oldValue), after: valueText(difference.value) };
  }
}

function readJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    if (typeof value === "number") return exactNumber(value, context?.source);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    // Without a prototype no key of the sender's (`toString`, `constructor`) is ever found where it was not sent.
    return Object.assign(Object.create(null), value);
  });
}

/** The number itself, or all its digits where a double would round them. */
function exactNumber(value: number, source: string | undefined): number | bigint {
  const isRounded = source !== undefined && !Number.isSafeInteger(value) && /^-?\d+$/.test(source);
  return isRounded ? BigInt(source) : value;
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? `${inner}` : inner)) ?? "";
  const plain = typeof value === "bigint" ? String(value) : text;
  return plain.length > MAX_VALUE_CHARS ? `${plain.slice(0, MAX_VALUE_CHARS)}…` : plain;
}
