import type { HeaderPairs } from "#shared/domain/headers.ts";
import { readUtf8 } from "#shared/utf8.ts";
import type { IgnoreRules } from "../../state/app-state.ts";
import type { ComparedSide } from "../../state/compared-side.ts";
import { type Change, type IgnoreReason, ignoredAs } from "./change.ts";
import { jsonChanges } from "./json-changes.ts";

/** More is compared byte by byte only: a list of changes of such a body helps nobody. */
const MAX_COMPARED_BYTES = 1024 * 1024;

export interface ListedChange extends Change {
  readonly ignoredAs: IgnoreReason | null;
}

/** same: byte for byte. spaced: the same JSON but for white space between its values. */
export type BodyResult = "same" | "spaced" | "json" | "text" | "binary" | "too-large";

export interface Comparison {
  readonly facts: readonly ListedChange[];
  readonly headers: readonly ListedChange[];
  readonly body: { readonly result: BodyResult; readonly changes: readonly ListedChange[] };
  /** The two bodies as text; null where one of them is none, or too large. */
  readonly texts: { readonly before: string; readonly after: string } | null;
  /** How many of all changes count, and how many are ignored. */
  readonly counted: number;
  readonly ignored: number;
}

/** Everything in which two sides differ, in the order in which it is read: facts, headers, body. */
export function compareSides(before: ComparedSide, after: ComparedSide, rules: IgnoreRules): Comparison {
  const list = (changes: readonly Change[]): ListedChange[] =>
    changes.map((change) => ({ ...change, ignoredAs: ignoredAs(change, rules) }));
  const facts = list(pairChanges(before.facts, after.facts));
  const headers = list(pairChanges(numbered(before.headers), numbered(after.headers)));
  const { result, changes, texts } = compareBodies(before, after);
  const body = { result, changes: list(changes) };
  const all = [...facts, ...headers, ...body.changes];
  const ignored = all.filter((change) => change.ignoredAs !== null).length;
  // A text without a structure has no list of changes, but it is a difference all the same.
  const unlisted = changes.length === 0 && result !== "same" && result !== "spaced" ? 1 : 0;
  return { facts, headers, body, texts, counted: all.length - ignored + unlisted, ignored };
}

type Named = readonly (readonly [name: string, value: string])[];

function pairChanges(before: Named, after: Named): Change[] {
  const old = new Map(before);
  const now = new Map(after);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path): Change[] => {
    const [was, is] = [old.get(path) ?? null, now.get(path) ?? null];
    if (was === is) return [];
    return [{ kind: was === null ? "added" : is === null ? "removed" : "changed", path, before: was, after: is }];
  });
}

/** Header names in lower case (RFC 9110, section 5.1); the second of a name is `name #2`. */
function numbered(headers: HeaderPairs): Named {
  const seen = new Map<string, number>();
  return headers.map(([name, value]) => {
    const key = name.toLowerCase();
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return [count === 1 ? key : `${key} #${count}`, value] as const;
  });
}

function compareBodies(before: ComparedSide, after: ComparedSide) {
  const isWhole = before.body.length === before.bodyBytes && after.body.length === after.bodyBytes;
  if (isWhole && hasSameBytes(before.body, after.body)) return { result: "same", changes: [], texts: null } as const;
  if (!isWhole || Math.max(before.bodyBytes, after.bodyBytes) > MAX_COMPARED_BYTES) {
    return { result: "too-large", changes: [], texts: null } as const;
  }
  const [old, now] = [readUtf8(before.body), readUtf8(after.body)];
  if (old === null || now === null) return { result: "binary", changes: [], texts: null } as const;
  const texts = { before: old, after: now };
  const changes = jsonChanges(before.body, after.body);
  if (changes === null) return { result: "text", changes: [], texts } as const;
  return { result: changes.length === 0 ? "spaced" : "json", changes, texts } as const;
}

function hasSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
