import * as z from "zod";
import { Fault } from "./fault.ts";
import { HeaderPairs } from "./headers.ts";

export const AttemptKind = z.enum(["forward", "replay"]);
export type AttemptKind = z.infer<typeof AttemptKind>;

/** `dropped`: nothing was sent, on purpose (see `Fault`). */
export const UnreachableReason = z.enum(["refused", "reset", "timeout", "dns", "tls", "protocol", "dropped"]);
export type UnreachableReason = z.infer<typeof UnreachableReason>;

const unreachable = z.object({ kind: z.literal("unreachable"), reason: UnreachableReason, message: z.string() });

/** Why an answer's body is not whole: it had no end in sight, the connection broke, or the deadline passed first. */
export const BodyIncomplete = z.enum(["too-long", "broken-off", "timed-out"]);
export type BodyIncomplete = z.infer<typeof BodyIncomplete>;

/**
 * What the target did. A 500 is an answer to show, not a failure of ours. `bodyBase64` holds the first 1 MiB,
 * `bodyBytes` counts what came: all of it, unless `bodyIncomplete` says otherwise.
 */
export const AttemptOutcome = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("answered"),
    status: z.int(),
    headers: HeaderPairs,
    bodyBase64: z.string(),
    bodyBytes: z.int(),
    bodyIncomplete: BodyIncomplete.optional(),
  }),
  unreachable,
]);
export type AttemptOutcome = z.infer<typeof AttemptOutcome>;

/** One sending of a delivery to a target; `fault`: what was done to it on purpose. `ms` runs from the first byte sent to the last byte of the answer. */
export const Attempt = z.object({
  id: z.string(),
  deliveryId: z.string(),
  kind: AttemptKind,
  target: z.string(),
  /** The target's name at the time, and that of the route that chose it; absent where there was none. */
  targetName: z.string().optional(),
  route: z.string().optional(),
  startedAt: z.string(),
  ms: z.number(),
  outcome: AttemptOutcome,
  /** The run that it was part of. */
  runId: z.string().optional(),
  fault: Fault.optional(),
});
export type Attempt = z.infer<typeof Attempt>;

/** An attempt as events carry it: without the answer's headers and body. */
export const AttemptNotice = Attempt.omit({ outcome: true }).extend({
  outcome: z.discriminatedUnion("kind", [z.object({ kind: z.literal("answered"), status: z.int() }), unreachable]),
});
export type AttemptNotice = z.infer<typeof AttemptNotice>;

/** accepted: 2xx. refused: any other status. unreachable: no answer. api.video counts 3xx and above as failed. */
export const AttemptVerdict = z.enum(["accepted", "refused", "unreachable"]);
export type AttemptVerdict = z.infer<typeof AttemptVerdict>;

export function verdictOf(outcome: AttemptNotice["outcome"]): AttemptVerdict {
  return verdictOfStatus(outcome.kind === "answered" ? outcome.status : null);
}

/** `status` null where no answer came. */
export function verdictOfStatus(status: number | null): AttemptVerdict {
  if (status === null) return "unreachable";
  return status >= 200 && status < 300 ? "accepted" : "refused";
}

/** As a delivery's summary tells of it; `status` is null where there was no answer. */
export const LastAttempt = z.object({
  status: z.int().nullable(),
  ms: z.number(),
  verdict: AttemptVerdict,
  fault: Fault.optional(),
});
export type LastAttempt = z.infer<typeof LastAttempt>;

export function toLastAttempt({ ms, outcome, fault }: AttemptNotice): LastAttempt {
  const status = outcome.kind === "answered" ? outcome.status : null;
  return { status, ms, verdict: verdictOf(outcome), ...(fault !== undefined && { fault }) };
}

export function toAttemptNotice(attempt: Attempt): AttemptNotice {
  const { outcome } = attempt;
  return {
    ...attempt,
    outcome: outcome.kind === "answered" ? { kind: "answered", status: outcome.status } : outcome,
  };
}
