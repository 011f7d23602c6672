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

/** One thing that happens; `outcome` chooses among the ways in which it can. */
export interface Move {
  readonly kind:
    | "start"
    | "stop"
    | "time"
    | "open"
    | "probe"
    | "down"
    | "up"
    | "stale"
    | "traffic"
    | "woke"
    | "relay-back";
  readonly outcome: number;
  readonly random: number;
}

/** A world around the supervisor that keeps its side of the bargain: it answers what was asked for, sooner or later. */
export interface World {
  readonly state: Supervision;
  /** Epochs that hold something: open, or being opened. */
  readonly held: ReadonlySet<number>;
  /** Every epoch that was ever opened, in order. */
  readonly opened: readonly number[];
  /** How often an event of an old epoch changed the state. */
  readonly staleChanges: number;
  /** How often a URL was taken for proven by the proof of another. */
  readonly unproven: number;
  play(move: Move): void;
  /** From now on everything works: lets time pass until the tunnel is open, or for long enough. */
  heal(): void;
}

const UNREACHABLE: TunnelFault = { kind: "network", message: "unreachable", retryable: true };
const FAULTS: readonly TunnelFault[] = [
  UNREACHABLE,
  { kind: "relay", message: "in trouble", retryable: true },
  { kind: "rate-limit", message: "too many", retryable: true, retryAfterMs: 120_000 },
  { kind: "auth", message: "wrong token", retryable: false },
];
const WHERE = ["listener", "relay", "network", "gate", "stranger"] as const;
const STEPS_TO_HEAL = 60;

export function createWorld(plan: Plan): World {
  let state = IDLE;
  let now = 1_000_000;
  let staleChanges = 0;
  const held = new Set<number>();
  const opened: number[] = [];
  let opening: number[] = [];
  let probing: { readonly epoch: number; readonly url: string }[] = [];
  let unproven = 0;

  function send(event: SupervisorEvent, random: number): void {
    const step = supervise(state, event, { now, random });
    state = step.state;
    for (const effect of step.effects) carryOut(effect);
  }

  function carryOut(effect: Effect): void {
    if (effect.kind === "open") {
      held.add(effect.epoch);
      opened.push(effect.epoch);
      opening.push(effect.epoch);
    } else if (effect.kind === "close") {
      held.delete(effect.epoch);
      opening = opening.filter((epoch) => epoch !== effect.epoch);
    } else if (effect.kind === "probe") {
      probing.push(effect);
    }
  }

  function finishOpen(epoch: number, { outcome, random }: Move): void {
    opening = opening.filter((other) => other !== epoch);
    if (outcome < 4) {
      send({ kind: "opened", epoch, url: `https://${epoch}.example`, isRenamed: outcome === 3 }, random);
      return;
    }
    held.delete(epoch);
    send({ kind: "open-failed", epoch, fault: faultOf(outcome - 4) }, random);
  }

  function finishProbe(asked: { readonly epoch: number; readonly url: string }, { outcome, random }: Move): void {
    const { epoch, url } = asked;
    probing = probing.filter((other) => other !== asked);
    const where = WHERE[outcome % WHERE.length] ?? "relay";
    const result: ProbeResult =
      outcome < 3
        ? { kind: "ok", ms: 10 }
        : { kind: "failed", at: where, fault: { kind: "relay", message: where, retryable: true } };
    const before = state.provenAt;
    send({ kind: "probed", epoch, url, result }, random);
    if (state.provenAt !== before && state.url !== url) unproven += 1;
  }

  /** Lets time pass to the next timer; it may be late, as after a sleep. */
  function passTime({ outcome, random }: Move): void {
    const next = Object.entries(state.timers).toSorted(([, a], [, b]) => a - b)[0];
    if (next === undefined) return;
    now = Math.max(now, next[1]) + (outcome === 7 ? 3_600_000 : 0);
    send({ kind: "timer", timer: next[0] as keyof Supervision["timers"] }, random);
  }

  function sendStale({ outcome, random }: Move): void {
    const epoch = state.lastEpoch - 2 - outcome;
    const before = state;
    const fault = UNREACHABLE;
    const events: SupervisorEvent[] = [
      { kind: "opened", epoch, url: "https://stale.example", isRenamed: false },
      { kind: "open-failed", epoch, fault },
      { kind: "down", epoch, fault, isFinal: true },
      { kind: "up", epoch, url: "https://stale.example" },
      { kind: "probed", epoch, url: "https://stale.example", result: { kind: "ok", ms: 1 } },
    ];
    const isStale = epoch !== state.epoch && epoch !== state.next?.epoch;
    const event = events[outcome % events.length];
    if (!isStale || event === undefined) return;
    send(event, random);
    if (state !== before) staleChanges += 1;
  }

  return {
    get state() {
      return state;
    },
    held,
    opened,
    get staleChanges() {
      return staleChanges;
    },
    get unproven() {
      return unproven;
    },
    play(move) {
      now += 100;
      const { kind, outcome, random } = move;
      switch (kind) {
        case "start":
          return send({ kind, plan }, random);
        case "stop":
        case "traffic":
        case "woke":
        case "relay-back":
          return send({ kind }, random);
        case "time":
          return passTime(move);
        case "open":
          if (opening[0] !== undefined) finishOpen(opening[0], move);
          return;
        case "probe":
          if (probing[0] !== undefined) finishProbe(probing[0], move);
          return;
        case "down":
          return send({ kind, epoch: state.epoch, fault: faultOf(outcome % 2), isFinal: outcome > 3 }, random);
        case "up":
          return send({ kind, epoch: state.epoch, url: "https://moved.example" }, random);
        case "stale":
          return sendStale(move);
      }
    },
    heal() {
      const good: Move = { kind: "open", outcome: 0, random: 0.5 };
      for (let step = 0; step < STEPS_TO_HEAL && state.phase !== "open"; step++) {
        if (opening[0] !== undefined) finishOpen(opening[0], good);
        else if (probing[0] !== undefined) finishProbe(probing[0], good);
        else passTime(good);
      }
    },
  };
}

function faultOf(index: number): TunnelFault {
  return FAULTS[index] ?? UNREACHABLE;
}
