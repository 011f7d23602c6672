import type { HeaderPairs } from "#shared/domain/headers.ts";
import type { Change } from "#shared/json/change.ts";
import { jsonChanges } from "#shared/json/json-changes.ts";
import { readUtf8 } from "#shared/utf8.ts";

/** More is compared byte by byte only: a list of changes of such a body helps nobody. */
export const MAX_COMPARED_BYTES = 1024 * 1024;

/** same: byte for byte. spaced: the same JSON but for white space between its values. */
export type BodyResult = "same" | "spaced" | "json" | "text" | "binary" | "too-large";

/** What is compared of a delivery, or of a target's answer. */
export interface ComparedContent {
  /** What is said of it besides headers and body, in the order shown. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly headers: HeaderPairs;
  /** What was fetched of the body: all of it unless it is shorter than `bodyBytes`. */
  readonly body: Uint8Array;
  readonly bodyBytes: number;
}

/** Everything in which two sides differ, whatever of it counts. */
export interface Found {
  readonly facts: readonly Change[];
  readonly headers: readonly Change[];
  readonly body: { readonly result: BodyResult; readonly changes: readonly Change[] };
  /** The two bodies as text; null where one of them is none, or too large, or both are the same. */
  readonly texts: { readonly before: string; readonly after: string } | null;
}

/** Looks for every difference, in the order in which it is read: facts, headers, body. */
export function findChanges(before: ComparedContent, after: ComparedContent): Found {
  const { result, changes, texts } = compareBodies(before, after);
  return {
    facts: pairChanges(before.facts, after.facts),
    headers: pairChanges(numbered(before.headers), numbered(after.headers)),
    body: { result, changes },
    texts,
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

function compareBodies(before: ComparedContent, after: ComparedContent) {
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
