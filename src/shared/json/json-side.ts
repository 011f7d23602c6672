import { JSON_KIND, type JsonIndex } from "./json-columns.ts";
import { indexJson } from "./json-index.ts";

/** Paths of what nests deeper are nothing to read, and longer than the body itself. */
const MAX_DEPTH = 500;

/** One of two texts of JSON: its bytes, and where each value stands in them. */
export interface JsonSide {
  readonly bytes: Uint8Array;
  readonly index: JsonIndex;
}

/** Null for what is not JSON from end to end, or more than can be compared. */
export function readSide(bytes: Uint8Array): JsonSide | null {
  const { kind, index } = indexJson(bytes);
  if (kind !== "whole" || index.hasMore || index.depths.some((depth) => depth > MAX_DEPTH)) return null;
  return { bytes, index };
}

/** What stands in a container: `step` leads to it in a path, `key` is written before it (empty in an array). */
export interface Member {
  readonly step: string;
  readonly key: string;
  readonly value: number;
}

/** By what makes two members each other's like: the place in an array, the key in an object, and its how manieth it is. */
export function membersOf({ bytes, index }: JsonSide, container: number): Map<string, Member> {
  const members = new Map<string, Member>();
  const seen = new Map<string, number>();
  const isArray = index.kinds[container] === JSON_KIND.array;
  const after = index.afters[container] ?? 0;
  for (let value = container + 1; value < after; value = index.afters[value] ?? after) {
    if (isArray) {
      const step = `[${index.positions[value]}]`;
      members.set(step, { step, key: "", value });
      continue;
    }
    const key = writtenAt(bytes, index.keyStarts[value], index.keyEnds[value]);
    const name = key.includes("\\") ? String(JSON.parse(key)) : key.slice(1, -1);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    // A key that is itself called `a #2` must not take the place of the second `a`: the count comes first.
    members.set(`${count} ${name}`, { step: count === 1 ? `.${name}` : `.${name} #${count}`, key, value });
  }
  return members;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A stretch of the text exactly as it is written. */
export function writtenAt(bytes: Uint8Array, start = 0, end = 0): string {
  return decoder.decode(bytes.subarray(start, end));
}
