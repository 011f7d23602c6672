import type { BodyResult, Found } from "#shared/compare/find-changes.ts";
import type { Change } from "#shared/json/change.ts";
import type { IgnoreRules } from "../../state/app-state.ts";
import { type IgnoreReason, ignoredAs } from "./change.ts";

export interface ListedChange extends Change {
  readonly ignoredAs: IgnoreReason | null;
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
