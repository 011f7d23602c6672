import { untilAborted } from "#core/lib/until-aborted.ts";
import type { TunnelFault } from "#shared/domain/tunnel.ts";
import { lostFault, missingPackage, missingToken, timeoutFault, toFault } from "./ngrok-words.ts";
import { failed, type OpenedTunnel, type SessionChange, type TunnelProvider } from "./provider.ts";

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

export interface NgrokOptions {
  /** Imports the package; called only where this tunnel is wanted. Rejects where it is not installed. */
  load(): Promise<NgrokModule>;
  readonly authtoken: string | undefined;
  /** null for the account's own. */
  readonly domain: string | null;
}

/** A tunnel with ngrok's client, which runs in this process and mends its own connection. */
export function createNgrok({ load, authtoken, domain }: NgrokOptions): TunnelProvider {
  async function find(): Promise<NgrokModule | null> {
    try {
      return await load();
    } catch {
      // Not installed, or not for this platform: the same advice helps.
      return null;
    }
  }

  return {
    async check() {
      if (!authtoken) return missingToken();
      return (await find()) === null ? missingPackage() : null;
    },
    async open(port, signal, notify) {
      if (!authtoken) return failed(missingToken());
      const ngrok = await find();
      if (ngrok === null) return failed(missingPackage());
      return forward({ ngrok, addr: `127.0.0.1:${port}`, authtoken, domain, signal, notify });
    },
  };
}

interface Forwarding {
  readonly ngrok: NgrokModule;
  readonly addr: string;
  readonly authtoken: string;
  readonly domain: string | null;
  readonly signal: AbortSignal;
  notify(change: SessionChange): void;
}

async function forward({ ngrok, addr, authtoken, domain, signal, notify }: Forwarding): Promise<OpenedTunnel> {
  if (signal.aborted) return failed(timeoutFault());
  let url: string | null = null;
  let isDown = false;

  // It is also called for the first connection, and while we close: both are no news.
  function onStatusChange(status: string): void {
    if (url === null) return;
    if (status === "closed" && !isDown) notify({ kind: "down", fault: lostFault(), isFinal: false });
    if (status === "connected" && isDown) notify({ kind: "up", url });
    isDown = status === "closed";
  }

  async function connect(): Promise<NgrokListener | TunnelFault> {
    try {
      return await ngrok.forward({ addr, authtoken, ...(domain !== null && { domain }), onStatusChange });
    } catch (error) {
      return toFault(error, authtoken);
    }
  }

  const connecting = connect();
  const connected = await untilAborted(connecting, signal);
  if (connected === undefined) {
    void closeLate(ngrok, connecting);
    return failed(timeoutFault());
  }
  if (!("close" in connected)) return failed(connected);
  url = httpsUrl(connected.url());
  if (url === null) {
    await close(ngrok, connected);
    return failed({ kind: "relay", message: "ngrok gave us no https URL.", retryable: true });
  }
  async function end(listener: NgrokListener): Promise<void> {
    url = null;
    await close(ngrok, listener);
  }
  return { kind: "open", session: { url, isRenamed: false, [Symbol.asyncDispose]: () => end(connected) } };
}

/** A free account may have one session: one that stays behind would lock us out (ngrok-javascript#148). */
async function close(ngrok: NgrokModule, listener: NgrokListener): Promise<void> {
  try {
    await listener.close();
  } catch {
    // It was closed already, or its connection is gone: what matters is the session.
  }
  try {
    if ((await ngrok.listeners()).length === 0) await ngrok.disconnect();
  } catch {
    // Nothing is left to end; ngrok forgets a session that answers no more.
  }
}

/** Its client cannot be told to stop connecting: what it got when nobody wants it any more is given back. */
async function closeLate(ngrok: NgrokModule, connecting: Promise<NgrokListener | TunnelFault>): Promise<void> {
  const late = await connecting;
  if ("close" in late) await close(ngrok, late);
}

function httpsUrl(text: string | null): string | null {
  const url = URL.parse(text ?? "");
  return url?.protocol === "https:" ? url.href.replace(/\/+$/, "") : null;
}
