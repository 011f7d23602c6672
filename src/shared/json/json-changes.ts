import type { Change } from "./change.ts";
import { JSON_KIND } from "./json-columns.ts";
import { type JsonSide, membersOf, readSide, writtenAt } from "./json-side.ts";
import { isSameNumber } from "./same-number.ts";

/** Two values at the same path; null on the side that has none there. */
interface Pair {
  readonly path: string;
  readonly old: number | null;
  readonly now: number | null;
}

/**
 * What changed between two texts of JSON, by path. Null where one of them is not JSON, or nests deeper than can be
 * listed. Values are compared as they are written, so no number is rounded: the same value in another spelling, and the
 * same keys in another order, are changes of a kind of their own. Of a repeated key each is compared with its like, the
 * second as `key #2`. None at all means that the texts differ in white space between values at most.
 */
export function jsonChanges(before: Uint8Array, after: Uint8Array): Change[] | null {
  const [one, other] = [readSide(before), readSide(after)];
  if (one === null || other === null) return null;
  const changes: Change[] = [];
  // A stack of our own, the next on top: how deep a body nests never decides how deep calls do.
  const waiting: Pair[] = [{ path: "", old: 0, now: 0 }];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const { path, old, now } = pair;
    if (old === null || now === null || !areSameContainers(one, old, other, now)) {
      const change = valueChange(path, old === null ? null : [one, old], now === null ? null : [other, now]);
      if (change !== null) changes.push(change);
    } else {
      const inside = compareInside(path, one, old, other, now);
      for (const change of inside.changes) changes.push(change);
      for (const member of inside.pairs.reverse()) waiting.push(member);
    }
  }
  return changes;
}

function areSameContainers(one: JsonSide, old: number, other: JsonSide, now: number): boolean {
  const kind = one.index.kinds[old] ?? 0;
  return kind <= JSON_KIND.array && kind === other.index.kinds[now];
}

type Place = readonly [side: JsonSide, value: number];

function valueChange(path: string, was: Place | null, is: Place | null): Change | null {
  const before = was && writtenAt(was[0].bytes, was[0].index.starts[was[1]], was[0].index.ends[was[1]]);
  const after = is && writtenAt(is[0].bytes, is[0].index.starts[is[1]], is[0].index.ends[is[1]]);
  if (before === null) return { kind: "added", path, before, after: after && clip(after) };
  if (after === null) return { kind: "removed", path, before: clip(before), after };
  if (before === after) return null;
  return {
    kind: isSameScalar(before, after) ? "rewritten" : "changed",
    path,
    before: clip(before),
    after: clip(after),
  };
}

/** Whether two values that are written differently are the same text or the same number. */
function isSameScalar(before: string, after: string): boolean {
  if (before.startsWith('"') && after.startsWith('"')) return JSON.parse(before) === JSON.parse(after);
  return isSameNumber(before, after);
}

/** What is to be compared inside two containers of one kind, and how their keys differ. */
function compareInside(path: string, one: JsonSide, old: number, other: JsonSide, now: number) {
  const [was, is] = [membersOf(one, old), membersOf(other, now)];
  const changes: Change[] = [];
  const pairs: Pair[] = [];
  const shared: string[] = [];
  for (const [id, member] of was) {
    const match = is.get(id);
    const memberPath = joinPath(path, member.step);
    pairs.push({ path: memberPath, old: member.value, now: match?.value ?? null });
    if (match === undefined) continue;
    shared.push(member.step);
    if (member.key === match.key) continue;
    changes.push({ kind: "rewritten", path: memberPath, before: clip(member.key), after: clip(match.key) });
  }
  const sharedNow: string[] = [];
  for (const [id, { step, value }] of is) {
    if (was.has(id)) sharedNow.push(step);
    else pairs.push({ path: joinPath(path, step), old: null, now: value });
  }
  const first = shared.findIndex((step, index) => step !== sharedNow[index]);
  if (first >= 0) {
    changes.push({ kind: "reordered", path, before: keysFrom(shared, first), after: keysFrom(sharedNow, first) });
  }
  return { changes, pairs };
}

/** The first step of a path has no dot before it. */
function joinPath(path: string, step: string): string {
  return path === "" && step.startsWith(".") ? step.slice(1) : path + step;
}

function keysFrom(steps: readonly string[], first: number): string {
  const keys = steps.slice(first, first + MAX_VALUE_CHARS).map((step) => step.slice(1));
  return clip(`${first > 0 ? "… " : ""}${keys.join(", ")}`);
}

/** Enough to recognise a value by; the text below the list has all of it. */
const MAX_VALUE_CHARS = 240;

function clip(text: string): string {
  return text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS)}…` : text;
}
