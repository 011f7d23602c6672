import { AppError } from "#shared/errors.ts";

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Names through which a path could reach what all objects share. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Writes a copy of `value` at a dotted path like `data.title` or `tags.0`, making objects on the way where there is
 * none; a text or number on the way gives way to an object. In arrays a segment is an index, at most one past the end.
 * Throws AppError `input.invalid` for an empty or forbidden segment and for a wrong index.
 */
export function setPath(target: JsonObject, path: string, value: Json): void {
  const segments = path.split(".").map((segment) => checked(segment, path));
  const last = segments.pop() ?? "";
  let container: JsonObject | Json[] = target;
  for (const segment of segments) {
    const next: Json | undefined = readOwn(container, segment, path);
    if (typeof next === "object" && next !== null) container = next;
    else {
      const made: JsonObject = {};
      write(container, segment, made, path);
      container = made;
    }
  }
  write(container, last, structuredClone(value), path);
}

function readOwn(container: JsonObject | Json[], segment: string, path: string): Json | undefined {
  if (Array.isArray(container)) return container[toIndex(container, segment, path)];
  return Object.hasOwn(container, segment) ? container[segment] : undefined;
}

function write(container: JsonObject | Json[], segment: string, value: Json, path: string): void {
  if (Array.isArray(container)) container[toIndex(container, segment, path)] = value;
  else container[segment] = value;
}

function toIndex(array: readonly Json[], segment: string, path: string): number {
  const index = /^\d{1,6}$/.test(segment) ? Number(segment) : Number.NaN;
  if (index <= array.length) return index;
  throw invalid(path, `in an array, ${JSON.stringify(segment)} must be an index from 0 to ${array.length}`);
}

function checked(segment: string, path: string): string {
  if (segment === "") throw invalid(path, "it has an empty part; write it like data.title");
  if (FORBIDDEN.has(segment)) throw invalid(path, `${segment} cannot be set`);
  return segment;
}

function invalid(path: string, reason: string): AppError {
  return new AppError("input.invalid", `The path ${JSON.stringify(path)} cannot be set: ${reason}.`, {
    details: { path: "set" },
  });
}
