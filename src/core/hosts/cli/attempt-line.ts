import type { Attempt } from "#shared/domain/attempt.ts";

/** `replay [200] http://localhost:3000/hook (12 ms)`. */
export function attemptLine({ kind, target, ms, outcome }: Attempt): string {
  const result = outcome.kind === "answered" ? `[${outcome.status}]` : `[no answer] ${outcome.message}`;
  return `${kind} ${result} ${target} (${ms} ms)`;
}
