import type { Change } from "#shared/json/change.ts";
import { fitsPath, stepsOf } from "#shared/json/fits-path.ts";
import type { IgnoreRules } from "../../state/app-state.ts";

export type IgnoreReason = "id" | "time" | "path";

/** Why a change is ignored, or null where it counts. */
export function ignoredAs(change: Change, rules: IgnoreRules): IgnoreReason | null {
  if (rules.paths.some((pattern) => fitsPath(change.path, pattern))) return "path";
  if (rules.times && isTime(change)) return "time";
  return rules.ids && isId(change) ? "id" : null;
}

/** `Date`, `emittedAt`, `created_at`, or two values that are both points in time. */
function isTime({ path, before, after }: Change): boolean {
  const name = lastName(path);
  const isNamed = /^(date|time|timestamp|expires|took|received|sent)$/i.test(name) || /(?:[a-z]A|_a|-a)t$/.test(name);
  return isNamed || areBoth([before, after], isTimestamp);
}

/** `id`, `videoId`, `request-id`, `etag`, or two values that look like nothing but ids. */
function isId({ path, before, after }: Change): boolean {
  const name = lastName(path);
  const isNamed =
    /^(id|uuid|guid|etag|delivery|webhook|trace|traceparent)$/i.test(name) || /(?:[a-z]I|[_-]i)d$/.test(name);
  return isNamed || /[_-]id$/i.test(name) || areBoth([before, after], isOpaqueId);
}

/** A step that is a number says nothing of what it holds: the name before it does. */
function lastName(path: string): string {
  const steps = stepsOf(path).filter((step) => !/^\[\d+\]$/.test(step));
  return (steps.at(-1) ?? "").replace(/ #\d+$/, "");
}

function areBoth(values: readonly (string | null)[], test: (text: string) => boolean): boolean {
  return values.every((value) => value !== null && test(value.replace(/^"|"$/g, "")));
}

function isTimestamp(text: string): boolean {
  return /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text);
}

/** UUIDs, and api.video's own: `vi4blUQJFrYWbaG44NChkH27` (https://docs.api.video/reference). */
function isOpaqueId(text: string): boolean {
  return (
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) || /^(vi|li|webhook_|ps|up)[A-Za-z0-9]{18,30}$/.test(text)
  );
}
