import { Worker } from "node:worker_threads";
import { describeBug } from "#core/lib/describe-bug.ts";
import { untilAborted } from "#core/lib/until-aborted.ts";
import { workerUrl } from "#core/lib/worker-url.ts";
import { isLoopbackHost, type TunnelFault } from "#shared/domain/tunnel.ts";
import { plainHost, portOf } from "#shared/domain/url-address.ts";
import { isSubdomain } from "../subdomain.ts";
import { LocaltunnelReport, type LocaltunnelStart, timeoutFault, toFault } from "./localtunnel-report.ts";
import { failed, type OpenedTunnel, type SessionChange, type TunnelProvider } from "./provider.ts";

/** Where the client goes when no relay is named; written here only to be named to the user. */
const PUBLIC_RELAY = "localtunnel.me";

export interface LocaltunnelOptions {
  /** http(s) URL of a relay of the user's own; null for the public one. */
  readonly host: string | null;
  /** The name we would like; the relay may give another. */
  readonly subdomain: string;
}

/** A tunnel with the real localtunnel client, which runs in a thread of its own. */
export function createLocaltunnel({ host, subdomain }: LocaltunnelOptions): TunnelProvider {
  const relayUrl = host === null ? null : parseRelay(host);
  const relay = relayUrl?.host ?? PUBLIC_RELAY;

  async function open(
    port: number,
    signal: AbortSignal,
    notify: (change: SessionChange) => void,
  ): Promise<OpenedTunnel> {
    const start = { host: relayUrl?.href.replace(/\/+$/, "") ?? null, subdomain, port };
    const client = startClient(start, relay, (fault) => notify({ kind: "down", fault, isFinal: true }));
    const opened = await untilAborted(client.opened, signal);
    if (opened?.kind === "open") {
      const { url, id } = opened;
      return { kind: "open", session: { url, isRenamed: id !== subdomain, [Symbol.asyncDispose]: client.end } };
    }
    await client.end();
    return failed(opened?.fault ?? timeoutFault(relay, client.relayPort()));
  }

  return {
    async check() {
      if (relayUrl === undefined) return badHost(host);
      return isSubdomain(subdomain) ? null : badSubdomain();
    },
    open,
    ...(relayUrl !== undefined && { relay: addressOf(relayUrl) }),
  };
}

function addressOf(relayUrl: URL | null): { host: string; port: number } {
  return relayUrl === null
    ? { host: PUBLIC_RELAY, port: 443 }
    : { host: plainHost(relayUrl.hostname), port: portOf(relayUrl) };
}

type ClientOpened =
  | { readonly kind: "open"; readonly id: string; readonly url: string }
  | { readonly kind: "down"; readonly fault: TunnelFault };

/** Runs the client in its thread; `onDown` hears of the end of a session that was open. */
function startClient(start: LocaltunnelStart, relay: string, onDown: (fault: TunnelFault) => void) {
  const opened = Promise.withResolvers<ClientOpened>();
  let isOpen = false;
  let relayPort: number | null = null;
  let hasEnded = false;

  // Without options of this process for Node: they may be meant for tests or debugging of the whole.
  const worker = new Worker(workerUrl(import.meta.url, "localtunnel-worker"), {
    workerData: start,
    env: clientEnv(start.host),
    execArgv: [],
  });
  worker.on("message", (message: unknown) => {
    const parsed = LocaltunnelReport.safeParse(message);
    if (!parsed.success) return fail(toFault({ kind: "nonsense", what: "its public URL cannot be used" }, relay));
    const report = parsed.data;
    if (report.kind === "named") relayPort = report.port;
    else if (report.kind === "open") {
      isOpen = true;
      opened.resolve({ kind: "open", id: report.id, url: new URL(report.url).href.replace(/\/+$/, "") });
      // From here on it must not be the tunnel that keeps a process alive.
      worker.unref();
    } else fail(toFault(report, relay));
  });
  worker.on("error", (error: unknown) => fail(brokenFault(describeBug(error))));
  worker.on("exit", () => fail(brokenFault("it ended")));

  /** The first failure counts: a relay that goes away makes the client report one for each of its connections. */
  function fail(fault: TunnelFault): void {
    if (hasEnded) return;
    hasEnded = true;
    if (isOpen) onDown(fault);
    else opened.resolve({ kind: "down", fault });
  }

  return {
    opened: opened.promise,
    relayPort: () => relayPort,
    async end() {
      hasEnded = true;
      await worker.terminate();
    },
  };
}

/** A relay on this machine is reached directly, whatever proxy stands in the environment. */
function clientEnv(host: string | null): NodeJS.ProcessEnv {
  if (host === null || !isLoopbackHost(new URL(host).hostname)) return process.env;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(https?|all)_proxy$/i.test(name)));
}

/** undefined where it is no address of a relay. */
function parseRelay(host: string): URL | undefined {
  const url = URL.parse(host);
  const isRelay =
    url !== null &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    `${url.username}${url.password}${url.search}${url.hash}` === "";
  return isRelay ? url : undefined;
}

function badHost(host: string | null): TunnelFault {
  const message = `${JSON.stringify(host)} is not the address of a relay. It looks like https://tunnel.example.com.`;
  return { kind: "config", message, retryable: false };
}

function badSubdomain(): TunnelFault {
  const message = "The tunnel's name must be 4 to 63 of a-z, 0-9 and hyphen, with no hyphen at either end.";
  return { kind: "config", message, retryable: false };
}

function brokenFault(reason: string): TunnelFault {
  return { kind: "unknown", message: `The tunnel's client broke (${reason}).`, retryable: true };
}
