import { expectedAnswer, type Fault } from "#shared/domain/fault.ts";
import { fitsPath } from "#shared/json/fits-path.ts";
import { jsonChanges } from "#shared/json/json-changes.ts";
import type { Verdict } from "./run.ts";

/** A target's reaction, as far as verdicts go by it. */
export interface Reaction {
  /** Null where no answer came. */
  readonly status: number | null;
  /** Why none came; null where one did. */
  readonly reason: string | null;
  /** The answer's body, where bodies count and it is kept. */
  readonly body?: Uint8Array | null;
  /** What was done on purpose to what it reacted to. */
  readonly fault?: Fault | undefined;
}

/** How bodies are compared: `ignore` has paths as in `fitsPath`. */
export interface BodyRule {
  readonly ignore: readonly string[];
}

/** `bodies` null means that the status alone counts. Each is right or wrong by its own fault. */
export function verdictBetween(before: Reaction | null, after: Reaction, bodies: BodyRule | null): Verdict {
  if (before === null) return "first";
  const [was, is] = [isExpected(before, before.fault), isExpected(after, after.fault)];
  if (was !== is) return is ? "fixed" : "regressed";
  if (before.status !== after.status || before.reason !== after.reason) return "changed";
  if (bodies === null || after.status === null) return "same";
  return isSameBody(before.body ?? NOTHING, after.body ?? NOTHING, bodies) ? "same" : "changed";
}

/** Whether the handler did what it should: accepted the delivery, or, where a fault spoilt that, refused it. */
export function isExpected({ status }: Pick<Reaction, "status">, fault?: Fault): boolean {
  const isRefused = status !== null && status >= 400 && status < 500;
  switch (fault === undefined ? "accepts" : expectedAnswer(fault)) {
    case "accepts":
      return status !== null && status >= 200 && status < 300;
    case "refuses":
      return isRefused;
    case "refuses-or-breaks-off":
      return isRefused || status === null;
    case "none":
      return true;
  }
}

const NOTHING = new Uint8Array();

/**
 * JSON by what it says: white space, the order of keys and the spelling of a value do not count. Anything else byte for
 * byte.
 */
export function isSameBody(before: Uint8Array, after: Uint8Array, { ignore }: BodyRule): boolean {
  if (before.length === after.length && before.every((byte, at) => byte === after[at])) return true;
  const changes = jsonChanges(before, after);
  if (changes === null) return false;
  return changes
    .filter(({ kind }) => kind !== "rewritten" && kind !== "reordered")
    .every(({ path }) => ignore.some((pattern) => fitsPath(path, pattern)));
}
