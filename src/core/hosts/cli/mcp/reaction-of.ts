import type { Attempt } from "#shared/domain/attempt.ts";
import type { Reaction } from "#shared/domain/verdict.ts";

/** What a target did, as verdicts go by it. */
export function reactionOf({ outcome, fault }: Attempt): Reaction {
  if (outcome.kind === "unreachable") return { status: null, reason: outcome.reason, fault };
  return { status: outcome.status, reason: null, body: Buffer.from(outcome.bodyBase64, "base64"), fault };
}
