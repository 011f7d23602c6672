import type { HeaderPairs } from "#shared/domain/headers.ts";
import type { Change } from "#shared/json/change.ts";
import { jsonChanges } from "#shared/json/json-changes.ts";
import { readUtf8 } from "#shared/utf8.ts";
import type { IgnoreRules } from "../../state/app-state.ts";
import type { ComparedSide } from "../../state/compared-side.ts";
import { type IgnoreReason, ignoredAs } from "./change.ts";

/** More is compared byte by byte only: a list of changes of such a body helps nobody. */
const MAX_COMPARED_BYTES = 1024 * 1024;

export interface ListedChange extends Change {
  readonly ignoredAs: IgnoreReason | null;
}

/** same: byte for byte. spaced: the same JSON but for white space between its values. */
export type BodyResult = "same" | "spaced" | "json" | "text" | "binary" | "too-large";

/** What is compared of a side; no more than that goes to the worker. */
export type SideContent = Pick<ComparedSide, "facts" | "headers" | "body" | "bodyBytes">;

/** Everything in which two sides differ, whatever of it counts. */
export interface Found {
  readonly facts: readonly Change[];
  readonly headers: readonly Change[];
  readonly body: { readonly result: BodyResult; readonly changes: readonly Change[] };
  /** The two bodies as text; null where one of them is none, or too large, or both are the same. */
  readonly texts: { readonly before: string; readonly after: string } | null;
}

/** Changes of one part as they are listed: those that count first, and no more of either than anybody reads. */
export interface ChangeLists {
  readonly counted: readonly ListedChange[];
  readonly ignored: readonly ListedChange[];
  /** How many there are, listed or not. */
  readonly countedCount: number;
  readonly ignoredCount: number;
}

export interface Comparison {
  readonly facts: ChangeLists;
  readonly headers: ChangeLists;
  readonly body: ChangeLists & { readonly result: BodyResult };
  readonly hasTexts: boolean;
  /** How many of all changes count, and how many are ignored. */
  readonly counted: number;
  readonly ignored: number;
}

/** Looks for every difference, in the order in which it is read: facts, headers, body. */
export function findChanges(before: SideContent, after: SideContent): Found {
  const { result, changes, texts } = compareBodies(before, after);
  return {
    facts: pairChanges(before.facts, after.facts),
    headers: pairChanges(numbered(before.headers), numbered(after.headers)),
    body: { result, changes },
    texts,
  };
}

/** Tells what counts from what is ignored. */
export function listChanges({ facts, headers, body, texts }: Found, rules: IgnoreRules): Comparison {
  const listed = {
    facts: toLists(facts, rules),
    headers: toLists(headers, rules),
    body: { ...toLists(body.changes, rules), result: body.result },
  };
  const parts = [listed.facts, listed.headers, listed.body];
  // Without a structure there is no list of changes, but such bodies differ all the same.
  const unlisted = body.result === "text" || body.result === "binary" ? 1 : 0;
  return {
    ...listed,
    hasTexts: texts !== null,
    counted: parts.reduce((sum, { countedCount }) => sum + countedCount, unlisted),
    ignored: parts.reduce((sum, { ignoredCount }) => sum + ignoredCount, 0),
  };
}

/** More is a text to read, not a list. */
const MAX_LISTED = 100;

function toLists(changes: readonly Change[], rules: IgnoreRules): ChangeLists {
  const all = changes.map((change) => ({ ...change, ignoredAs: ignoredAs(change, rules) }));
  const counted = all.filter((change) => change.ignoredAs === null);
  const ignored = all.filter((change) => change.ignoredAs !== null);
  return {
    counted: counted.slice(0, MAX_LISTED),
    ignored: ignored.slice(0, MAX_LISTED),
    countedCount: counted.length,
    ignoredCount: ignored.length,
  };
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

function compareBodies(before: SideContent, after: SideContent) {
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
