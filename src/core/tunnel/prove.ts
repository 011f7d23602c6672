import type { TunnelFault } from "#shared/domain/tunnel.ts";
import { lose, STABLE_MS } from "./reopen.ts";
import { type Circumstances, type Plan, type ProbeResult, type Step, type Supervision, stay } from "./supervision.ts";

/** Longer than any probe takes: one that gives no answer at all must not end the proving. */
export const PROBE_BACKSTOP_MS = 10_000;
/** Between two proofs after one that failed; the last one is repeated. */
const RECHECK_MS = [500, 1_000, 2_000] as const;
/** Time for our listener to start anew: each look at one that is down makes it do so. */
const OWN_RECHECK_MS = 5_000;
const FAILED_PROBES = 3;
/** Half a minute for a provider that mends itself. */
const FAILED_PROBES_MENDING = 15;
/** The follower of a session that will end is opened this long before. */
const SWAP_BEFORE_MS = 60_000;

type Failed = Extract<ProbeResult, { kind: "failed" }>;

export function probe(state: Supervision, { now }: Circumstances): Step {
  const { url, epoch, isProbing } = state;
  if (url === null) return stay(state);
  const probing = { ...state, isProbing: true, timers: { ...state.timers, probe: now + PROBE_BACKSTOP_MS } };
  // The one under way will say as much.
  return isProbing ? stay(state) : { state: probing, effects: [{ kind: "probe", epoch, url }] };
}

/** The path works: our own request came back (after `ms`), or a delivery came through. */
export function proven(state: Supervision, ms: number | null, { now, random }: Circumstances): Step {
  if (state.plan === null) return stay(state);
  const { probeEveryMs, maxSessionMs } = state.plan;
  const openSince = state.openSince ?? now;
  const expiry = state.timers.expiry ?? (maxSessionMs === undefined ? undefined : now + maxSessionMs - SWAP_BEFORE_MS);
  return stay({
    ...state,
    phase: "open",
    fault: null,
    failedProbes: 0,
    failedOpens: now - openSince >= STABLE_MS ? 0 : state.failedOpens,
    lostSince: null,
    openSince,
    provenAt: now,
    provenMs: ms,
    // Spread, so that many of us do not ask in step.
    timers: {
      probe: now + probeEveryMs * (0.8 + 0.4 * random),
      ...(expiry !== undefined && { expiry }),
      ...(state.timers.previous !== undefined && { previous: state.timers.previous }),
    },
  });
}

/** The path did not work this time: look again soon, and open it anew where that can help. */
export function unproven(state: Supervision, plan: Plan, { at: where, fault }: Failed, at: Circumstances): Step {
  const isOurSide = where === "listener";
  // A new session helps against neither a fault of our own nor something that stands before the tunnel.
  const isWorthReopening = !plan.isFixed && !isOurSide && where !== "gate";
  const failedProbes = isOurSide ? state.failedProbes : state.failedProbes + 1;
  if (isWorthReopening && failedProbes >= (plan.mendsItself ? FAILED_PROBES_MENDING : FAILED_PROBES)) {
    return lose(state, fault, at);
  }
  const recheck = isOurSide ? OWN_RECHECK_MS : recheckMs(failedProbes, plan, isWorthReopening);
  const isFirstProof = state.phase === "opening" && isWorthReopening;
  return {
    state: {
      ...state,
      phase: isFirstProof ? "opening" : "degraded",
      fault,
      failedProbes,
      lostSince: state.lostSince ?? at.now,
      timers: { ...state.timers, probe: at.now + Math.max(recheck, fault.retryAfterMs ?? 0) },
    },
    effects: isOurSide ? [{ kind: "restart-listener" }] : [],
  };
}

/** A hint that the path may be lost: the proof decides. */
export function doubt(state: Supervision, fault: TunnelFault, at: Circumstances): Step {
  const doubted = { ...state, fault, ...(state.phase === "open" && { phase: "degraded" as const, lostSince: at.now }) };
  return probe(doubted, at);
}

/** What only a change elsewhere can mend is looked at less and less often. */
function recheckMs(failedProbes: number, plan: Plan, isPressing: boolean): number {
  const soon = RECHECK_MS[Math.min(Math.max(failedProbes, 1), RECHECK_MS.length) - 1] ?? 0;
  return isPressing ? soon : Math.min(plan.probeEveryMs, soon * 2 ** Math.min(failedProbes - 1, 10));
}
