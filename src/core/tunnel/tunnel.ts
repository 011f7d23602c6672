import { isDeepStrictEqual } from "node:util";
import { assertNever } from "#shared/assert-never.ts";
import type { TunnelChoice, TunnelState, TunnelTransition } from "#shared/domain/tunnel.ts";
import { hasOwnUrl, traitsOf } from "#shared/domain/tunnel-traits.ts";
import type { Clock } from "../lib/clock.ts";
import { fireAndForget, type Log } from "../lib/log.ts";
import type { TunnelProvider } from "./providers/provider.ts";
import { createSessions } from "./sessions.ts";
import { supervise } from "./supervise.ts";
import { type Effect, IDLE, type Plan, type ProbeResult, type SupervisorEvent, type TimerName } from "./supervision.ts";
import { createTransitions } from "./transitions.ts";
import { accepts, watchWorld } from "./watch-world.ts";

const OPEN_TIMEOUT_MS = 15_000;
const PROBE_EVERY_MS = 45_000;
const PROBE_METERED_EVERY_MS = 5 * 60_000;
/** How long a relay keeps a name for a client that went away (1 s and 60 s were measured), and a little more. */
const NAME_GRACE_MS = 65_000;
const TICK_MS = 1_000;
/** Of a stream of deliveries, one in this time is proof enough. */
const TRAFFIC_EVERY_MS = 10_000;

export interface TunnelOptions {
  /** http(s) URL that goes with the choice: an own localtunnel relay, or the host name of an own tunnel. */
  readonly host: string | null;
  /** The name to ask a relay for. */
  readonly subdomain: string;
}

export interface TunnelDeps {
  readonly clock: Clock;
  readonly log: Log;
  listenerPort(): number;
  /** The way to a public URL that a choice means; null where none is wanted. */
  provider(choice: TunnelChoice, options: TunnelOptions): TunnelProvider | null;
  /** Sends a request of our own through the public URL. Never rejects. */
  probe(
    publicUrl: string,
    way: { readonly headers: Readonly<Record<string, string>>; readonly isOwnUrl: boolean },
  ): Promise<ProbeResult>;
  restartListener(): Promise<void>;
  onChange(state: TunnelState): void;
  readonly openTimeoutMs?: number;
  readonly nameGraceMs?: number;
  readonly random?: () => number;
}

/**
 * The one tunnel of the app, kept open: supervise.ts decides, this carries it out. What the world does to it is in the
 * state, with a fault in words. Nothing here throws for it.
 */
export interface Tunnel extends AsyncDisposable {
  readonly state: TunnelState;
  /** What happened so far, oldest first. */
  transitions(): TunnelTransition[];
  /** Opens `choice` in place of what there is. Resolves when it is open, failed, or superseded. */
  open(choice: TunnelChoice, options: TunnelOptions): Promise<TunnelState>;
  /** Also cancels an opening. Resolves when all that the tunnel held is free. */
  close(): Promise<TunnelState>;
  /** Sends a request of our own through the public URL right now; resolves with what came of it. */
  prove(): Promise<TunnelState>;
  /** A delivery came in through the public URL. */
  noteTraffic(): void;
  /** The host says that the computer woke up; noticed from inside as well, a little later. */
  wake(): void;
}

export function createTunnel(deps: TunnelDeps): Tunnel {
  const { clock, log, random = Math.random } = deps;
  let choice: TunnelChoice = { provider: "none" };
  let host: string | null = null;
  let provider: TunnelProvider | null = null;
  let supervision = IDLE;
  let state: TunnelState = { provider: "none", phase: "idle", url: null };
  let isRelayMissed = false;
  let isDisposed = false;
  let settled = Promise.withResolvers<void>();
  let probed = Promise.withResolvers<void>();
  const timers = new Map<TimerName, { due: number; handle: NodeJS.Timeout }>();
  const transitions = createTransitions();
  const sessions = createSessions({
    log,
    port: deps.listenerPort,
    openTimeoutMs: deps.openTimeoutMs ?? OPEN_TIMEOUT_MS,
    onOpened: (epoch, { url, isRenamed }) => dispatch({ kind: "opened", epoch, url, isRenamed }),
    onFailed: (epoch, fault) => dispatch({ kind: "open-failed", epoch, fault }),
    onChange: (epoch, change) => dispatch({ ...change, epoch }),
  });
  const world = watchWorld({
    tickMs: TICK_MS,
    now: clock.now,
    onWoke: () => dispatch({ kind: "woke" }),
    onTick: () => fireAndForget(lookForRelay(), log, "tunnel.broke"),
  });

  function dispatch(event: SupervisorEvent): void {
    if (isDisposed) return;
    const step = supervise(supervision, event, { now: clock.now(), random: random() });
    supervision = step.state;
    followTimers();
    for (const effect of step.effects) carryOut(effect);
    publish();
  }

  function carryOut(effect: Effect): void {
    switch (effect.kind) {
      case "open":
        if (provider !== null) sessions.open(effect.epoch, provider);
        break;
      case "close":
        sessions.close(effect.epoch);
        break;
      case "probe":
        fireAndForget(probe(effect.epoch, effect.url), log, "tunnel.broke");
        break;
      case "restart-listener":
        fireAndForget(deps.restartListener(), log, "listener.not_restarted");
        break;
      default:
        assertNever(effect);
    }
  }

  async function probe(epoch: number, url: string): Promise<void> {
    try {
      const way = { headers: traitsOf(choice)?.probeHeaders ?? {}, isOwnUrl: hasOwnUrl(choice, host) };
      const result = await deps.probe(url, way);
      dispatch({ kind: "probed", epoch, url, result });
    } finally {
      probed.resolve();
      probed = Promise.withResolvers();
    }
  }

  function followTimers(): void {
    for (const [name, { due, handle }] of timers) {
      if (supervision.timers[name] === due) continue;
      clearTimeout(handle);
      timers.delete(name);
    }
    // The keys of an object with these optional keys only.
    for (const [name, due] of Object.entries(supervision.timers) as [TimerName, number][]) {
      if (timers.has(name)) continue;
      const handle = setTimeout(() => dispatch({ kind: "timer", timer: name }), Math.max(0, due - clock.now()));
      handle.unref();
      timers.set(name, { due, handle });
    }
  }

  /** A relay that comes back ends the waiting at once; only one that was seen to be away can come back. */
  async function lookForRelay(): Promise<void> {
    const relay = supervision.phase === "reconnecting" ? provider?.relay : undefined;
    if (relay === undefined) {
      isRelayMissed = false;
      return;
    }
    const isThere = await accepts(relay);
    if (isThere && isRelayMissed) dispatch({ kind: "relay-back" });
    isRelayMissed = !isThere;
  }

  function publish(): void {
    const next = toState();
    if (next.phase !== "opening") settled.resolve();
    if (isDeepStrictEqual(next, state)) return;
    if (next.phase !== state.phase) log.info("tunnel.phase", { provider: next.provider, phase: next.phase });
    if (next.fault !== undefined && next.fault.message !== state.fault?.message) {
      log.warn("tunnel.fault", { fault: next.fault.kind, reason: next.fault.message });
    }
    state = next;
    transitions.note(state, clock.now());
    deps.onChange(state);
  }

  function toState(): TunnelState {
    const { phase, url, fault, provenAt, provenMs, lostSince, timers: due } = supervision;
    const isUp = phase === "open" || phase === "degraded";
    return {
      provider: choice.provider,
      phase: choice.provider === "none" ? "idle" : phase,
      url: isUp ? url : null,
      ...(fault && { fault }),
      ...(provenAt !== null && { proof: { at: iso(provenAt), ms: provenMs === null ? null : Math.round(provenMs) } }),
      ...(lostSince !== null && { lostSince: iso(lostSince) }),
      ...(due.retry !== undefined && { retryAt: iso(due.retry) }),
    };
  }

  function plan(): Plan {
    const traits = traitsOf(choice);
    return {
      isFixed: choice.provider === "manual",
      mendsItself: traits?.mendsItself ?? false,
      probeEveryMs: traits?.isMetered ? PROBE_METERED_EVERY_MS : PROBE_EVERY_MS,
      nameGraceMs: deps.nameGraceMs ?? NAME_GRACE_MS,
      ...(traits?.maxSessionMs !== undefined && { maxSessionMs: traits.maxSessionMs }),
    };
  }

  return {
    get state() {
      return state;
    },
    transitions: transitions.list,
    async open(next, options) {
      if (isDisposed) return state;
      settled.resolve();
      settled = Promise.withResolvers();
      const mine = settled;
      choice = next;
      host = options.host;
      provider = deps.provider(next, options);
      dispatch(provider === null ? { kind: "stop" } : { kind: "start", plan: plan() });
      await mine.promise;
      if (provider === null) await sessions.closed();
      return state;
    },
    async close() {
      dispatch({ kind: "stop" });
      await sessions.closed();
      return state;
    },
    async prove() {
      if (isDisposed || supervision.url === null) return state;
      const { promise } = probed;
      dispatch({ kind: "woke" });
      await promise;
      return state;
    },
    noteTraffic() {
      const { phase, provenAt } = supervision;
      const isFresh = phase === "open" && provenAt !== null && clock.now() - provenAt < TRAFFIC_EVERY_MS;
      if (!isFresh) dispatch({ kind: "traffic" });
    },
    wake: () => dispatch({ kind: "woke" }),
    async [Symbol.asyncDispose]() {
      isDisposed = true;
      world[Symbol.dispose]();
      // Silent: who listens to changes may be gone already, or not there yet.
      const { effects } = supervise(supervision, { kind: "stop" }, { now: clock.now(), random: 0 });
      supervision = IDLE;
      followTimers();
      for (const effect of effects) carryOut(effect);
      settled.resolve();
      await sessions.closed();
    },
  };
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
