import { untilAborted } from "#core/lib/until-aborted.ts";
import { waitAtMost } from "#core/lib/wait-at-most.ts";
import type { TunnelFault } from "#shared/domain/tunnel.ts";
import { toFault } from "./ngrok-words.ts";

/** What is used of the package @ngrok/ngrok 1.x, which the user installs: 11 MB with a binary of its own. */
export interface NgrokModule {
  forward(config: {
    addr: string;
    authtoken: string;
    domain?: string;
    onStatusChange(status: string): void;
  }): Promise<NgrokListener>;
  /** Without a URL: closes all listeners, and the one session that they share. */
  disconnect(): Promise<void>;
  listeners(): Promise<readonly unknown[]>;
}

export interface NgrokListener {
  url(): string | null;
  close(): Promise<void>;
}

export interface NgrokAccount {
  readonly authtoken: string;
  /** null for the account's own. */
  readonly domain: string | null;
}

export interface NgrokTry {
  readonly ngrok: NgrokModule;
  readonly addr: string;
  readonly signal: AbortSignal;
  onStatusChange(status: string): void;
}

/** Offline, its client may never answer, and the tunnel must end all the same. */
const CLOSE_TIMEOUT_MS = 2_000;

/** One call of `forward`, which cannot be told to stop: who wants it next takes it over. */
interface Connecting {
  readonly addr: string;
  readonly result: Promise<NgrokListener | TunnelFault>;
  isWanted: boolean;
  onStatusChange(status: string): void;
}

export interface NgrokClient {
  /** A listener, or why there is none; undefined where the signal aborts first. */
  connect(attempt: NgrokTry): Promise<NgrokListener | TunnelFault | undefined>;
  /** Ends the listener, and the session with the last of them. Never rejects. */
  close(ngrok: NgrokModule, listener: NgrokListener): Promise<void>;
}

export function createNgrokClient(
  { authtoken, domain }: NgrokAccount,
  closeTimeoutMs: number = CLOSE_TIMEOUT_MS,
): NgrokClient {
  const underWay = new Set<Connecting>();
  /** The session had no listener left, but one was being made. */
  let isEndOwed = false;

  function begin({ ngrok, addr }: NgrokTry): Connecting {
    async function forward(): Promise<NgrokListener | TunnelFault> {
      try {
        const onStatusChange = (status: string) => connecting.onStatusChange(status);
        return await ngrok.forward({ addr, authtoken, ...(domain !== null && { domain }), onStatusChange });
      } catch (error) {
        return toFault(error, authtoken);
      }
    }
    const { promise: result, resolve } = Promise.withResolvers<NgrokListener | TunnelFault>();
    const connecting: Connecting = { addr, result, isWanted: true, onStatusChange: () => {} };
    underWay.add(connecting);
    resolve(forward());
    return connecting;
  }

  /** What came when nobody wanted it any more is given back. */
  async function giveBack(ngrok: NgrokModule, connecting: Connecting): Promise<void> {
    const late = await connecting.result;
    if (connecting.isWanted || !underWay.delete(connecting)) return;
    if ("close" in late) await close(ngrok, late);
    else if (isEndOwed) await endSession(ngrok);
  }

  async function close(ngrok: NgrokModule, listener: NgrokListener): Promise<void> {
    try {
      await waitAtMost(closeTimeoutMs, listener.close());
    } catch {
      // It was closed already, or its connection is gone: what matters is the session.
    }
    await endSession(ngrok);
  }

  /** A free account may have one session: one that stays behind would lock us out (ngrok-javascript#148). */
  async function endSession(ngrok: NgrokModule): Promise<void> {
    async function disconnect(): Promise<void> {
      const { length } = await ngrok.listeners();
      // It would end what is being made as well: that has the session, or ends it when it comes to nothing.
      isEndOwed = length === 0 && underWay.size > 0;
      if (length === 0 && !isEndOwed) await ngrok.disconnect();
    }
    try {
      await waitAtMost(closeTimeoutMs, disconnect());
    } catch {
      // Nothing is left to end; ngrok forgets a session that answers no more.
    }
  }

  return {
    async connect(attempt) {
      const { ngrok, addr, signal, onStatusChange } = attempt;
      const leftAlone = [...underWay].find((other) => other.addr === addr && !other.isWanted);
      const connecting = leftAlone ?? begin(attempt);
      connecting.isWanted = true;
      connecting.onStatusChange = onStatusChange;
      const connected = await untilAborted(connecting.result, signal);
      if (connected === undefined) {
        connecting.isWanted = false;
        void giveBack(ngrok, connecting);
        return undefined;
      }
      underWay.delete(connecting);
      if (!("close" in connected) && isEndOwed) await endSession(ngrok);
      return connected;
    },
    close,
  };
}
