import { supervise } from "#core/tunnel/supervise.ts";
import {
  type Effect,
  IDLE,
  type Plan,
  type ProbeResult,
  type Supervision,
  type SupervisorEvent,
} from "#core/tunnel/supervision.ts";
import type { TunnelFault } from "#shared/domain/tunnel.ts";

export const PLAN: Plan = { isFixed: false, mendsItself: false, probeEveryMs: 45_000, nameGraceMs: 65_000 };
export const SWAPPED: Plan = { ...PLAN, maxSessionMs: 3_600_000 };
export const A = "https://a.example";
export const B = "https://b.example";
export const NETWORK: TunnelFault = { kind: "network", message: "gone", retryable: true };
export const AUTH: TunnelFault = { kind: "auth", message: "wrong token", retryable: false };

export const start = (plan = PLAN): SupervisorEvent => ({ kind: "start", plan });
export const opened = (epoch = 1, url = A, isRenamed = false): SupervisorEvent => ({
  kind: "opened",
  epoch,
  url,
  isRenamed,
});
export const openFailed = (epoch = 1, fault = NETWORK): SupervisorEvent => ({ kind: "open-failed", epoch, fault });
export const down = (isFinal: boolean, epoch = 1, fault = NETWORK): SupervisorEvent => ({
  kind: "down",
  epoch,
  fault,
  isFinal,
});
export const ok = (epoch = 1, url = A): SupervisorEvent => ({
  kind: "probed",
  epoch,
  url,
  result: { kind: "ok", ms: 12 },
});
export const timer = (name: keyof Supervision["timers"]): SupervisorEvent => ({ kind: "timer", timer: name });
export const failed = (
  at: Extract<ProbeResult, { at: string }>["at"] = "relay",
  fault = NETWORK,
  epoch = 1,
  url = A,
): SupervisorEvent => ({
  kind: "probed",
  epoch,
  url,
  result: { kind: "failed", at, fault },
});

/** The state after these events, each at the time that stands before it, and what the last one asked for. */
export function following(...steps: readonly (readonly [number, SupervisorEvent])[]): {
  state: Supervision;
  effects: readonly Effect[];
} {
  let last: { state: Supervision; effects: readonly Effect[] } = { state: IDLE, effects: [] };
  for (const [now, event] of steps) last = supervise(last.state, event, { now, random: 0.5 });
  return last;
}

export function next(state: Supervision, now: number, event: SupervisorEvent, random = 0.5) {
  return supervise(state, event, { now, random });
}

export const OPEN = following([0, start()], [1_000, opened()], [2_000, ok()]).state;
export const WAITING = following([0, start()], [1_000, openFailed()]).state;
