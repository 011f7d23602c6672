import { createNgrokClient, type NgrokClient, type NgrokModule } from "./ngrok-client.ts";
import { lostFault, missingPackage, missingToken, timeoutFault } from "./ngrok-words.ts";
import { failed, type OpenedTunnel, type SessionChange, type TunnelProvider } from "./provider.ts";

export interface NgrokOptions {
  /** Imports the package; called only where this tunnel is wanted. Rejects where it is not installed. */
  load(): Promise<NgrokModule>;
  readonly authtoken: string | undefined;
  /** null for the account's own. */
  readonly domain: string | null;
  readonly closeTimeoutMs?: number;
}

/** A tunnel with ngrok's client, which runs in this process and mends its own connection. */
export function createNgrok({ load, authtoken, domain, closeTimeoutMs }: NgrokOptions): TunnelProvider {
  const client = authtoken ? createNgrokClient({ authtoken, domain }, closeTimeoutMs) : null;

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
      if (client === null) return missingToken();
      return (await find()) === null ? missingPackage() : null;
    },
    async open(port, signal, notify) {
      if (client === null) return failed(missingToken());
      const ngrok = await find();
      if (ngrok === null) return failed(missingPackage());
      return forward({ client, ngrok, addr: `127.0.0.1:${port}`, signal, notify });
    },
  };
}

interface Forwarding {
  readonly client: NgrokClient;
  readonly ngrok: NgrokModule;
  readonly addr: string;
  readonly signal: AbortSignal;
  notify(change: SessionChange): void;
}

async function forward({ client, ngrok, addr, signal, notify }: Forwarding): Promise<OpenedTunnel> {
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

  const connected = await client.connect({ ngrok, addr, signal, onStatusChange });
  if (connected === undefined) return failed(timeoutFault());
  if (!("close" in connected)) return failed(connected);
  url = httpsUrl(connected.url());
  if (url === null) {
    await client.close(ngrok, connected);
    return failed({ kind: "relay", message: "ngrok gave us no https URL.", retryable: true });
  }
  return {
    kind: "open",
    session: {
      url,
      isRenamed: false,
      async [Symbol.asyncDispose]() {
        url = null;
        await client.close(ngrok, connected);
      },
    },
  };
}

function httpsUrl(text: string | null): string | null {
  const url = URL.parse(text ?? "");
  return url?.protocol === "https:" ? url.href.replace(/\/+$/, "") : null;
}
