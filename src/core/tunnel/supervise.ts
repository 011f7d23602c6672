import { assertNever } from "#shared/assert-never.ts";
import type { TunnelFault } from "#shared/domain/tunnel.ts";
import { doubt, probe, proven, unproven } from "./prove.ts";
import { closing, end, lose, openNow } from "./reopen.ts";
import {
  type Circumstances,
  IDLE,
  type Plan,
  type Step,
  type Supervision,
  type SupervisorEvent,
  stay,
  type TimerName,
} from "./supervision.ts";
import { dropNext, dropPrevious, prepareSwap, swap } from "./swap.ts";

type Of<K extends SupervisorEvent["kind"]> = Extract<SupervisorEvent, { kind: K }>;

/** The supervisor of the one tunnel: what follows from an event. Pure; tunnel.ts carries its effects out. */
export function supervise(state: Supervision, event: SupervisorEvent, at: Circumstances): Step {
  switch (event.kind) {
    case "start":
      return start(state, event.plan, at);
    case "stop":
      return end(state);
    case "opened":
      return opened(state, event, at);
    case "open-failed":
      return openFailed(state, event, at);
    case "down":
      return down(state, event, at);
    case "up":
      return up(state, event, at);
    case "probed":
      return probed(state, event, at);
    case "timer":
      return due(state, event.timer, at);
    case "traffic":
      // A delivery proves the path as well as a request of our own, and spares it.
      return state.phase === "open" || state.phase === "degraded" ? proven(state, null, at) : stay(state);
    case "woke":
    case "relay-back":
      return state.phase === "reconnecting" && !isHeldBack(state.fault) ? openNow(state, at) : probe(state, at);
    default:
      return assertNever(event);
  }
}

function start(state: Supervision, plan: Plan, at: Circumstances): Step {
  // Asked to open while our name is waited for: then a new URL is wanted more than the old name.
  const takenSince = state.takenSince === null ? null : Number.NEGATIVE_INFINITY;
  return openNow({ ...IDLE, lastEpoch: state.lastEpoch, plan, takenSince }, at, closing(state));
}

function opened(state: Supervision, { epoch, url, isRenamed }: Of<"opened">, at: Circumstances): Step {
  if (state.next?.epoch === epoch) {
    return { state: { ...state, next: { epoch, url } }, effects: [{ kind: "probe", epoch, url }] };
  }
  if (epoch !== state.epoch) return { state, effects: [{ kind: "close", epoch }] };
  if (state.phase !== "opening" || state.url !== null) return stay(state);
  const takenSince = isRenamed ? (state.takenSince ?? at.now) : null;
  // A new URL costs a new webhook with a new secret: first it is waited for the relay to let go of our name.
  const graceMs = state.plan?.nameGraceMs ?? 0;
  if (takenSince !== null && at.now - takenSince < graceMs) return lose({ ...state, takenSince }, nameHeld(), at);
  return probe({ ...state, url, takenSince: null, timers: {} }, at);
}

function openFailed(state: Supervision, { epoch, fault }: Of<"open-failed">, at: Circumstances): Step {
  if (state.next?.epoch === epoch) return dropNext(state, at);
  if (epoch !== state.epoch || state.phase !== "opening") return stay(state);
  return fault.retryable ? lose(state, fault, at) : end(state, fault);
}

function down(state: Supervision, event: Of<"down">, at: Circumstances): Step {
  if (state.next?.epoch === event.epoch && event.isFinal) return dropNext(state, at);
  if (!isCurrent(state, event)) return stay(state);
  if (!event.isFinal) return doubt(state, event.fault, at);
  return event.fault.retryable ? lose(state, event.fault, at) : end(state, event.fault);
}

/** Mended; where the URL is another one now, it has to be proven like the first. */
function up(state: Supervision, { epoch, url }: Of<"up">, at: Circumstances): Step {
  if (!isCurrent(state, { epoch })) return stay(state);
  return url === state.url ? probe(state, at) : probe({ ...state, phase: "opening", url, isProbing: false }, at);
}

function probed(state: Supervision, { epoch, url, result }: Of<"probed">, at: Circumstances): Step {
  if (state.next?.epoch === epoch) return result.kind === "ok" ? swap(state, result.ms, at) : dropNext(state, at);
  if (!isCurrent(state, { epoch }) || url !== state.url || state.plan === null) return stay(state);
  const ended = { ...state, isProbing: false };
  return result.kind === "ok" ? proven(ended, result.ms, at) : unproven(ended, state.plan, result, at);
}

function due(state: Supervision, timer: TimerName, at: Circumstances): Step {
  const { [timer]: _due, ...timers } = state.timers;
  const rest: Supervision = { ...state, timers };
  switch (timer) {
    case "deadline":
      return state.phase === "opening" && state.url === null ? lose(rest, openTimeout(), at) : stay(rest);
    case "retry":
      return state.phase === "reconnecting" ? openNow(rest, at) : stay(rest);
    case "probe": {
      if (!state.isProbing || state.plan === null) return probe(rest, at);
      return unproven(
        { ...rest, isProbing: false },
        state.plan,
        { kind: "failed", at: "network", fault: silent() },
        at,
      );
    }
    case "expiry":
      return state.url === null ? stay(rest) : prepareSwap(rest, at);
    case "previous":
      return dropPrevious(rest);
    default:
      return assertNever(timer);
  }
}

/** True for what belongs to the session that counts. */
function isCurrent(state: Supervision, { epoch }: { readonly epoch: number }): boolean {
  return epoch === state.epoch && state.url !== null;
}

/** Somebody asked for a pause: it is kept, whatever else happens. */
function isHeldBack(fault: TunnelFault | null): boolean {
  return fault?.kind === "rate-limit" || fault?.retryAfterMs !== undefined;
}

function nameHeld(): TunnelFault {
  const message =
    "The relay still holds our name for the last connection, or somebody else has it. It is asked for again for a minute, because a new URL means a new webhook.";
  return { kind: "name-taken", message, retryable: true };
}

function openTimeout(): TunnelFault {
  return { kind: "network", message: "The tunnel did not open in time.", retryable: true };
}

function silent(): TunnelFault {
  return { kind: "network", message: "A request to our own public URL got no answer at all.", retryable: true };
}
