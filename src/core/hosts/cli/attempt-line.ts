import type { AttemptNotice } from "#shared/domain/attempt.ts";
import { faultWords } from "#shared/domain/fault.ts";

/** `replay [200] http://localhost:3000/hook (12 ms)`, and the fault that was put in on purpose. */
export function attemptLine(attempt: AttemptNotice): string {
  return attemptWords(attempt).join(" ");
}

/** The same in three parts: its kind, what came of it, and the rest. */
export function attemptWords({ kind, target, ms, outcome, fault }: AttemptNotice): [string, string, string] {
  const result = outcome.kind === "answered" ? `[${outcome.status}]` : `[no answer] ${outcome.message}`;
  return [kind, result, `${target} (${ms} ms)${fault === undefined ? "" : ` fault: ${faultWords(fault)}`}`];
}
