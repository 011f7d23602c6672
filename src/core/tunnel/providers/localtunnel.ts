import { Worker } from "node:worker_threads";
import { workerUrl } from "#core/lib/worker-url.ts";
import { isLoopbackHost, type TunnelFault } from "#shared/domain/tunnel.ts";
import { isSubdomain } from "../subdomain.ts";
import { LocaltunnelReport, type LocaltunnelStart, timeoutFault, toFault } from "./localtunnel-report.ts";
import type { OpenedTunnel, TunnelSession } from "./tunnel-session.ts";

/** Where the client goes when no relay is named; written here only to be named to the user. */
const PUBLIC_RELAY = "localtunnel.me";

export interface LocaltunnelOptions {
  /** http(s) URL of a relay of the user's own; null for the public one. */
  readonly host: string | null;
  /** The name we would like; the relay may give another. */
  readonly subdomain: string;
  /** Of the listener, on the loopback. */
  readonly port: number;
}

/**
 * Opens a tunnel with the localtunnel client. Never throws for what the world did. It waits for the relay until
 * `signal` aborts, and then fails as after a timeout; by then the client's thread has ended.
 */
export async function openLocaltunnel(options: LocaltunnelOptions, signal: AbortSignal): Promise<OpenedTunnel> {
  const { subdomain, port } = options;
  const relayUrl = options.host === null ? null : parseRelay(options.host);
  if (relayUrl === undefined) return failed(badHost(options.host));
  if (!isSubdomain(subdomain)) return failed(badSubdomain());

  const relay = relayUrl?.host ?? PUBLIC_RELAY;
  const client = startClient({ host: relayUrl?.href.replace(/\/+$/, "") ?? null, subdomain, port }, relay);
  const opened = await untilAborted(client.opened, signal);
  if (opened?.kind !== "open") {
    await client.end();
    return failed(opened?.fault ?? timeoutFault(relay, client.relayPort()));
  }
  const session: TunnelSession = {
    url: opened.url,
    isRenamed: opened.id !== subdomain,
    down: client.down,
    [Symbol.asyncDispose]: client.end,
  };
  return { kind: "open", session };
}

type ClientOpened =
  | { readonly kind: "open"; readonly id: string; readonly url: string }
  | { readonly kind: "down"; readonly fault: TunnelFault };

/** Runs the client in its thread and folds what it reports into two promises. */
function startClient(start: LocaltunnelStart, relay: string) {
  const opened = Promise.withResolvers<ClientOpened>();
  const down = Promise.withResolvers<TunnelFault>();
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
      opened.resolve({ kind: "open", id: report.id, url: new URL(report.url).href.replace(/\/+$/, "") });
      // From here on it must not be the tunnel that keeps a process alive.
      worker.unref();
    } else fail(toFault(report, relay));
  });
  worker.on("error", (error: unknown) => fail(brokenFault(error)));
  worker.on("exit", () => fail(brokenFault("it ended")));

  /** The first failure counts: a relay that goes away makes the client report one for each of its connections. */
  function fail(fault: TunnelFault): void {
    if (hasEnded) return;
    opened.resolve({ kind: "down", fault });
    down.resolve(fault);
  }

  return {
    opened: opened.promise,
    down: down.promise,
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

/** What `work` gave, or undefined when `signal` aborts first. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  const aborted = Promise.withResolvers<undefined>();
  const onAbort = () => aborted.resolve(undefined);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function failed(fault: TunnelFault): OpenedTunnel {
  return { kind: "failed", fault };
}

function badHost(host: string | null): TunnelFault {
  const message = `${JSON.stringify(host)} is not the address of a relay. It looks like https://tunnel.example.com.`;
  return { kind: "config", message, retryable: false };
}

function badSubdomain(): TunnelFault {
  const message = "The tunnel's name must be 4 to 63 of a-z, 0-9 and hyphen, with no hyphen at either end.";
  return { kind: "config", message, retryable: false };
}

function brokenFault(reason: unknown): TunnelFault {
  return {
    kind: "unknown",
    message: `The tunnel's client broke (${String(reason)}). Open the tunnel again.`,
    retryable: true,
  };
}
