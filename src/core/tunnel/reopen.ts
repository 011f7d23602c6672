import type { TunnelFault } from "#shared/domain/tunnel.ts";
import { backoffMs } from "./backoff.ts";
import { type Circumstances, type Effect, IDLE, type Step, type Supervision } from "./supervision.ts";

/** A provider that says nothing for this long is given up; it has a deadline of its own before that. */
export const OPEN_DEADLINE_MS = 17_000;
/** Open for this long, a tunnel has proven itself: the next break starts counting anew. */
export const STABLE_MS = 2 * 60_000;

/** A new try, with an epoch of its own. */
export function openNow(state: Supervision, { now }: Circumstances, before: readonly Effect[] = []): Step {
  const epoch = state.lastEpoch + 1;
  return {
    state: {
      ...state,
      phase: "opening",
      epoch,
      lastEpoch: epoch,
      url: null,
      isProbing: false,
      failedProbes: 0,
      next: null,
      previous: null,
      timers: { deadline: now + OPEN_DEADLINE_MS },
    },
    effects: [...before, { kind: "open", epoch }],
  };
}

/** The path is lost: everything of this epoch goes, and the next try is planned. */
export function lose(state: Supervision, fault: TunnelFault, { now, random }: Circumstances): Step {
  const wasStable = state.openSince !== null && now - state.openSince >= STABLE_MS;
  const failedOpens = wasStable ? 0 : state.failedOpens + 1;
  const lostSince = state.lostSince ?? now;
  const waitMs = backoffMs({
    failures: failedOpens - 1,
    lostForMs: now - lostSince,
    isRateLimited: fault.kind === "rate-limit",
    retryAfterMs: fault.retryAfterMs,
    random,
  });
  return {
    state: {
      ...state,
      phase: "reconnecting",
      fault,
      url: null,
      isProbing: false,
      failedProbes: 0,
      failedOpens,
      lostSince,
      openSince: null,
      next: null,
      previous: null,
      timers: { retry: now + waitMs },
    },
    effects: closing(state),
  };
}

/** Nothing is tried again until the user says so. */
export function end(state: Supervision, fault: TunnelFault | null = null): Step {
  const { plan, lastEpoch } = state;
  const ended: Supervision = {
    ...IDLE,
    epoch: lastEpoch,
    lastEpoch,
    phase: plan === null ? "idle" : "closed",
    plan,
    fault,
  };
  return { state: ended, effects: closing(state) };
}

/** What frees all that this state holds. */
export function closing({ phase, url, epoch, next, previous }: Supervision): Effect[] {
  const held = [phase === "opening" || url !== null ? epoch : null, next?.epoch ?? null, previous];
  return held.filter((one) => one !== null).map((one) => ({ kind: "close", epoch: one }));
}
