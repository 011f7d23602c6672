import { devNull } from "node:os";
import * as z from "zod";
import type { TunnelFault } from "#shared/domain/tunnel.ts";
import { type Child, startChild } from "./child-process.ts";
import { disconnectedFault, endedFault, unreadyFault } from "./cloudflared-words.ts";
import { childEnv, findProgram, missingProgram } from "./find-program.ts";
import { askLoopback, findFreePort, pause, poll } from "./loopback.ts";
import { parseJson } from "./parse-json.ts";
import { failed, type SessionChange, type TunnelProvider } from "./provider.ts";

const POLL_MS = 1_500;
const OPENING_POLL_MS = 200;
const INSTALL =
  "Install it (https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/downloads/) so that it is on your PATH.";
/** Of the user's settings for cloudflared, only those about the way to Cloudflare are ours to keep. */
const KEPT_VARIABLES = /^TUNNEL_(TRANSPORT_PROTOCOL|EDGE_IP_VERSION|EDGE_BIND_ADDRESS|REGION)$/;

const Ready = z.object({ readyConnections: z.number().positive() });
const QuickTunnel = z.object({ hostname: z.hostname() });

export interface CloudflaredOptions {
  /** A name on the PATH, or an absolute path. */
  readonly binary?: string;
  readonly env: NodeJS.ProcessEnv;
  /** The https URL of a named tunnel; null for a quick tunnel, which has a new URL each time. */
  readonly namedHost: string | null;
  /** Of the named tunnel. */
  readonly token: string | undefined;
  /** How often an open tunnel is asked whether it is connected. */
  readonly pollMs?: number;
}

/**
 * A tunnel with the cloudflared that the user installed. Where a named tunnel leads is set at Cloudflare, which overrules
 * what we ask for: there it must be our listener's port on 127.0.0.1.
 */
export function createCloudflared(options: CloudflaredOptions): TunnelProvider {
  const { binary = "cloudflared", env, namedHost, token, pollMs = POLL_MS } = options;
  const namedUrl = namedHost === null ? null : parseNamed(namedHost);

  /** The path of the program, or what is missing. */
  async function prepare(): Promise<string | TunnelFault> {
    if (namedUrl === undefined) return badHost(namedHost);
    if (namedUrl !== null && !token) return missingToken(namedUrl);
    return (await findProgram(binary, env)) ?? missingProgram(binary, INSTALL);
  }

  return {
    async check() {
      const prepared = await prepare();
      return typeof prepared === "string" ? null : prepared;
    },
    async open(port, signal, notify) {
      const program = await prepare();
      if (typeof program !== "string") return failed(program);
      const metricsPort = await findFreePort();
      let url = namedUrl ?? null;

      await using opening = new AsyncDisposableStack();
      const child = opening.use(
        await startChild({
          program,
          args: tunnelArgs(port, metricsPort, url !== null),
          env: cloudflaredEnv(env, url === null ? undefined : token),
          secrets: token ? [token] : [],
          onLine(line) {
            url ??= readQuickUrl(line);
          },
        }),
      );
      const opened = await poll(OPENING_POLL_MS, AbortSignal.any([signal, child.gone]), async (until) => {
        url ??= await askQuickUrl(metricsPort, until);
        return url !== null && (await isReady(metricsPort, until)) ? url : null;
      });
      if (opened === null) return failed(child.gone.aborted ? endedFault(child.lines()) : unreadyFault(child.lines()));

      child.unref();
      const closing = new AbortController();
      const watching = watch({ child, url: opened, metricsPort, pollMs, closing: closing.signal, notify });
      const session = opening.move();
      session.defer(() => watching);
      session.defer(() => closing.abort());
      return {
        kind: "open",
        session: { url: opened, isRenamed: false, [Symbol.asyncDispose]: () => session.disposeAsync() },
      };
    },
  };
}

interface Watched {
  readonly child: Child;
  readonly url: string;
  readonly metricsPort: number;
  readonly pollMs: number;
  readonly closing: AbortSignal;
  notify(change: SessionChange): void;
}

/** Tells what becomes of the tunnel until it is closed or its process is gone. */
async function watch({ child, url, metricsPort, pollMs, closing, notify }: Watched): Promise<void> {
  const until = AbortSignal.any([closing, child.gone]);
  let wasReady = true;
  while (await pause(pollMs, until)) {
    const ready = await isReady(metricsPort, until);
    if (until.aborted) break;
    if (ready && !wasReady) notify({ kind: "up", url });
    if (!ready && wasReady) notify({ kind: "down", fault: disconnectedFault(), isFinal: false });
    wasReady = ready;
  }
  if (!closing.aborted) notify({ kind: "down", fault: endedFault(child.lines()), isFinal: true });
}

/**
 * A configuration file of the user's would send our deliveries elsewhere: its ingress rules win over `--url`, and quick
 * tunnels are documented not to work with one. Cloudflared looks for it only where `--config` names none, and takes an
 * empty one as none (config/configuration.go: FindDefaultConfigPath, ReadConfigFile).
 */
function tunnelArgs(port: number, metricsPort: number, isNamed: boolean): string[] {
  const common = ["tunnel", "--no-autoupdate", "--config", devNull, "--metrics", `127.0.0.1:${metricsPort}`];
  return [...common, ...(isNamed ? ["run"] : []), "--url", `http://127.0.0.1:${port}`];
}

/** The token is never an argument: everybody on this machine can read those. */
function cloudflaredEnv(env: NodeJS.ProcessEnv, token: string | undefined): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => KEPT_VARIABLES.test(name));
  return { ...childEnv(env), ...Object.fromEntries(kept), ...(token && { TUNNEL_TOKEN: token }) };
}

/** The URL stands in a box of its own; elsewhere in the log are URLs of the same domain that are no tunnels. */
function readQuickUrl(line: string): string | null {
  return /\|\s+(https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+)\s+\|$/.exec(line)?.[1] ?? null;
}

/** What the metrics server says (metrics/metrics.go), which is there once the tunnel has a name. */
async function askQuickUrl(metricsPort: number, signal: AbortSignal): Promise<string | null> {
  const answer = await askLoopback(metricsPort, "/quicktunnel", signal);
  const parsed = QuickTunnel.safeParse(parseJson(answer?.body ?? ""));
  return parsed.success ? `https://${parsed.data.hostname}` : null;
}

/** 200 with a count of connections, or 503 with none (metrics/readiness.go). */
async function isReady(metricsPort: number, signal: AbortSignal): Promise<boolean> {
  const answer = await askLoopback(metricsPort, "/ready", signal);
  return answer?.status === 200 && Ready.safeParse(parseJson(answer.body)).success;
}

/** undefined where it is no https URL of a host alone. */
function parseNamed(host: string): string | undefined {
  const url = URL.parse(host);
  return url?.protocol === "https:" && url.href === `${url.origin}/` ? url.origin : undefined;
}

function badHost(host: string | null): TunnelFault {
  const message = `${JSON.stringify(host)} is not the URL of a named tunnel. It looks like https://hooks.example.com.`;
  return { kind: "config", message, retryable: false };
}

function missingToken(url: string): TunnelFault {
  const message = `The named tunnel of ${url} needs its token: set TUNNEL_TOKEN, or name no host to have a quick tunnel.`;
  return { kind: "auth", message, retryable: false };
}
