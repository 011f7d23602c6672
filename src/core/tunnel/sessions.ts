import type { TunnelFault } from "#shared/domain/tunnel.ts";
import { fireAndForget, type Log } from "../lib/log.ts";
import { waitAtMost } from "../lib/wait-at-most.ts";
import type { OpenedTunnel, SessionChange, TunnelProvider } from "./providers/provider.ts";

const CLOSE_TIMEOUT_MS = 5_000;

export interface SessionsDeps {
  readonly log: Log;
  /** Of the listener: the only thing that a tunnel ever leads to. */
  port(): number;
  readonly openTimeoutMs: number;
  readonly closeTimeoutMs?: number;
  onOpened(epoch: number, session: { readonly url: string; readonly isRenamed: boolean }): void;
  onFailed(epoch: number, fault: TunnelFault): void;
  onChange(epoch: number, change: SessionChange): void;
}

/** The sessions that the supervisor asked for, by epoch, from the try to open them to their end. */
export interface Sessions {
  open(epoch: number, provider: TunnelProvider): void;
  /** Ends the session, or the try to open it; nothing more is heard of it. */
  close(epoch: number): void;
  /** Resolves when all that was closed has freed what it held. */
  closed(): Promise<void>;
}

interface Held {
  readonly abandon: AbortController;
  readonly opening: Promise<OpenedTunnel>;
}

export function createSessions(deps: SessionsDeps): Sessions {
  const held = new Map<number, Held>();
  const ending = new Set<Promise<void>>();

  async function openSession(epoch: number, provider: TunnelProvider, abandoned: AbortSignal): Promise<OpenedTunnel> {
    // A relay would not give us our name as long as the session before still holds it.
    await closed();
    const problem = await provider.check();
    if (problem !== null) return { kind: "failed", fault: problem };
    const signal = AbortSignal.any([abandoned, AbortSignal.timeout(deps.openTimeoutMs)]);
    return provider.open(deps.port(), signal, (change) => {
      if (held.has(epoch)) deps.onChange(epoch, change);
    });
  }

  async function report(epoch: number, opening: Promise<OpenedTunnel>): Promise<void> {
    const result = await opened(opening);
    if (!held.has(epoch)) return;
    if (result.kind === "open") return deps.onOpened(epoch, result.session);
    held.delete(epoch);
    deps.onFailed(epoch, result.fault);
  }

  /** A provider that throws has a bug: shown as a fault like any other, and logged. */
  async function opened(opening: Promise<OpenedTunnel>): Promise<OpenedTunnel> {
    try {
      return await opening;
    } catch (error) {
      deps.log.error("tunnel.broke", error);
      const message = "The tunnel's client broke; the log says more.";
      return { kind: "failed", fault: { kind: "unknown", message, retryable: true } };
    }
  }

  async function end({ abandon, opening }: Held): Promise<void> {
    abandon.abort();
    const result = await opened(opening);
    if (result.kind !== "open") return;
    // What hangs at its end must not keep the next one from opening.
    const isClosed = await waitAtMost(deps.closeTimeoutMs ?? CLOSE_TIMEOUT_MS, result.session[Symbol.asyncDispose]());
    if (!isClosed) deps.log.warn("tunnel.not_closed");
  }

  async function closed(): Promise<void> {
    await Promise.allSettled(ending);
  }

  return {
    open(epoch, provider) {
      const abandon = new AbortController();
      const opening = openSession(epoch, provider, abandon.signal);
      held.set(epoch, { abandon, opening });
      fireAndForget(report(epoch, opening), deps.log, "tunnel.broke");
    },
    close(epoch) {
      const session = held.get(epoch);
      if (session === undefined) return;
      held.delete(epoch);
      const ended = end(session);
      ending.add(ended);
      fireAndForget(
        ended.finally(() => ending.delete(ended)),
        deps.log,
        "tunnel.not_closed",
      );
    },
    closed,
  };
}
