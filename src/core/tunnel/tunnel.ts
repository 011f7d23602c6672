import { isDeepStrictEqual } from "node:util";
import { assertNever } from "#shared/assert-never.ts";
import type { TunnelChoice, TunnelState } from "#shared/domain/tunnel.ts";
import type { Clock } from "../lib/clock.ts";
import { fireAndForget, type Log } from "../lib/log.ts";
import { openLocaltunnel } from "./providers/localtunnel.ts";
import type { OpenedTunnel, TunnelSession } from "./providers/tunnel-session.ts";

const OPEN_TIMEOUT_MS = 15_000;

export interface TunnelOptions {
  /** http(s) URL of an own localtunnel relay; null for the public one. */
  readonly host: string | null;
  /** The name to ask the relay for. */
  readonly subdomain: string;
}

export interface TunnelDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** The only thing that a tunnel ever leads to. */
  listenerPort(): number;
  onChange(state: TunnelState): void;
  readonly openTimeoutMs?: number;
}

/**
 * The one tunnel of the app. What the world does to it is in the state: a tunnel that cannot be opened, or that died, is
 * in phase `closed` with a `fault` in words, and can be opened again. Nothing here throws for it.
 */
export interface Tunnel extends AsyncDisposable {
  readonly state: TunnelState;
  /**
   * Closes what is open and opens `choice`, within 15 s. A newer call to `open` or `close` supersedes it, and it then
   * resolves with whatever the state is; an aborted `signal` leaves the tunnel closed, without a fault.
   */
  open(choice: TunnelChoice, options: TunnelOptions, signal?: AbortSignal): Promise<TunnelState>;
  /** Resolves when all that the tunnel held is free. */
  close(): Promise<TunnelState>;
}

/** One call to open or close. Everything that belongs to a superseded one is ignored. */
interface Turn {
  /** Aborts when the turn is superseded. */
  readonly signal: AbortSignal;
  isLatest(): boolean;
}

export function createTunnel(deps: TunnelDeps): Tunnel {
  const { clock, log } = deps;
  let state: TunnelState = { provider: "none", phase: "idle", url: null };
  let session: TunnelSession | null = null;
  let supersede = new AbortController();
  let lastTurn: Promise<void> = Promise.resolve();

  function change(next: TunnelState): void {
    if (isDeepStrictEqual(next, state)) return;
    state = next;
    deps.onChange(state);
  }

  /** Runs `work` when the turn before has cleaned up after itself and the session it left is closed. */
  async function take(work: (turn: Turn) => Promise<void>): Promise<void> {
    supersede.abort();
    const own = new AbortController();
    supersede = own;
    const before = lastTurn;
    const mine = (async () => {
      await Promise.allSettled([before]);
      await closeSession();
      if (supersede === own) await work({ signal: own.signal, isLatest: () => supersede === own });
    })();
    lastTurn = mine;
    await mine;
  }

  async function closeSession(): Promise<void> {
    const old = session;
    await old?.[Symbol.asyncDispose]();
    if (session === old) session = null;
  }

  async function openRelayed(options: TunnelOptions, turn: Turn, signal?: AbortSignal): Promise<void> {
    const provider = "localtunnel";
    const startedAt = clock.now();
    const timeout = AbortSignal.timeout(deps.openTimeoutMs ?? OPEN_TIMEOUT_MS);
    const abandoned = AbortSignal.any([turn.signal, timeout, ...(signal ? [signal] : [])]);
    const opened: OpenedTunnel = await openLocaltunnel({ ...options, port: deps.listenerPort() }, abandoned);
    if (opened.kind === "open") session = opened.session;
    if (!turn.isLatest()) return;

    if (opened.kind === "failed") {
      if (signal?.aborted) return change({ provider, phase: "closed", url: null });
      log.warn("tunnel.not_opened", { provider, fault: opened.fault.kind, reason: opened.fault.message });
      return change({ provider, phase: "closed", url: null, fault: opened.fault });
    }
    const { url, isRenamed } = opened.session;
    const isPlain = url.startsWith("http:");
    log.info("tunnel.opened", { provider, ms: Math.round(clock.now() - startedAt), plainHttp: isPlain });
    if (isRenamed) log.warn("tunnel.new_url", { provider, reason: "the relay did not give us the name we asked for" });
    change({ provider, phase: "open", url });
    fireAndForget(watch(opened.session), log, "tunnel.broke");
  }

  async function watch(watched: TunnelSession): Promise<void> {
    const fault = await watched.down;
    // A newer call has its own word on the state, and closes this session itself.
    if (session !== watched || state.url !== watched.url) return;
    log.warn("tunnel.down", { fault: fault.kind, reason: fault.message });
    change({ ...closed(), fault });
    await closeSession();
  }

  function closed(): TunnelState {
    return { provider: state.provider, phase: state.provider === "none" ? "idle" : "closed", url: null };
  }

  return {
    get state() {
      return state;
    },
    async open(choice, options, signal) {
      const { provider } = choice;
      if (provider === "localtunnel") change({ provider, phase: "opening", url: null });
      await take(async (turn) => {
        switch (choice.provider) {
          case "none":
            return change({ provider: choice.provider, phase: "idle", url: null });
          case "manual":
            return change({ provider: choice.provider, phase: "open", url: choice.url });
          case "localtunnel":
            return openRelayed(options, turn, signal);
          default:
            return assertNever(choice);
        }
      });
      return state;
    },
    async close() {
      await take(async () => change(closed()));
      return state;
    },
    async [Symbol.asyncDispose]() {
      // Silent: who listens to changes may be gone already, or not there yet.
      await take(async () => {});
    },
  };
}
