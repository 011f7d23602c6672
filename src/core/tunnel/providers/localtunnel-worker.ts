import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import localtunnel from "localtunnel";
import { keepEnvironmentOutOfReports } from "#core/lib/keep-environment-out.ts";
import { keepPool } from "./localtunnel-pool.ts";
import type { LocaltunnelReport, LocaltunnelStart } from "./localtunnel-report.ts";

// The localtunnel client in a thread of its own. Its open loop can be neither cancelled nor made to fail; ending the
// thread ends it. The first failure reported is the last thing that counts: the parent then ends this thread.

keepEnvironmentOutOfReports();

/** More connections than the client's usual ten are of no use, and their number comes from outside. */
const MAX_CONNECTIONS = 10;
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_WORDS = 300;

interface RelayAnswer {
  readonly status: number;
  data: unknown;
}

/** Axios as far as it is used here. It is not ours to import: it comes with localtunnel and is found from there. */
interface Axios {
  readonly defaults: { maxContentLength: number };
  readonly interceptors: {
    readonly response: {
      use(onAnswer: (answer: RelayAnswer) => RelayAnswer, onError: (error: RelayError) => never): void;
    };
  };
}

interface RelayError extends Error {
  readonly code?: string;
  readonly response?: RelayAnswer;
}

if (parentPort === null) throw new Error("This file runs as a worker of the tunnel.");
const parent = parentPort;
// Started by localtunnel.ts, with these very data.
const { host, subdomain, port } = workerData as LocaltunnelStart;
let poolSize = 1;

watchRelay();
// No `local_host`: with it, the client would rewrite headers and break bodies that are not UTF-8.
const client = localtunnel({ port, subdomain, ...(host !== null && { host }) }, (_error, opened) => {
  if (opened === undefined) return;
  keepPool(opened.tunnelCluster, poolSize, () => report({ kind: "lost", reason: "all connections to it ended" }));
});
// At once, because an `error` that nobody listens to would end this thread with less to tell.
client.on("error", (error: Error) => {
  report({ kind: "lost", reason: short(error.message.replace(" (check your firewall settings)", "")) });
});
client.once("url", (url: string) => report({ kind: "open", id: clientId(client), url }));

function report(message: LocaltunnelReport): void {
  parent.postMessage(message);
}

/**
 * Looks at the relay's answers before the client does, which would take anything for a tunnel, and would try again each
 * second for ever, without a word, where there is none.
 */
function watchRelay(): void {
  const axios = createRequire(createRequire(import.meta.url).resolve("localtunnel"))("axios") as Axios;
  axios.defaults.maxContentLength = MAX_ANSWER_BYTES;
  axios.interceptors.response.use(
    (answer) => {
      const tunnel = readTunnel(answer.data);
      if (tunnel === null) {
        report({ kind: "nonsense", what: whatItIs(answer.data) });
        throw new Error("The relay's answer is no tunnel.");
      }
      poolSize = tunnel.max_conn_count;
      report({ kind: "named", port: tunnel.port });
      answer.data = tunnel;
      return answer;
    },
    (error) => {
      report(toReport(error));
      throw error;
    },
  );
}

/** What the client needs of a relay's answer, checked; null where it is not all there. */
function readTunnel(data: unknown) {
  if (typeof data !== "object" || data === null) return null;
  const { id, port: relayPort, max_conn_count: count = 1, url, ip } = data as Readonly<Record<string, unknown>>;
  const isTunnel =
    typeof id === "string" &&
    isCount(relayPort) &&
    relayPort < 65_536 &&
    isCount(count) &&
    typeof url === "string" &&
    URL.canParse(url) &&
    (ip === undefined || ip === null || typeof ip === "string");
  if (!isTunnel) return null;
  return { id, port: relayPort, max_conn_count: Math.min(count, MAX_CONNECTIONS), url, ip };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0;
}

function toReport(error: RelayError): LocaltunnelReport {
  if (error.response !== undefined) {
    return { kind: "refused", status: error.response.status, reason: messageOf(error.response.data) };
  }
  // Axios names its own complaints about an answer (too long, too many redirects) like this, the system's ones not.
  if (error.code === "ERR_BAD_RESPONSE" || error.code?.startsWith("ERR_FR_")) {
    return { kind: "nonsense", what: short(error.message) };
  }
  return { kind: "unreachable", code: short(error.code ?? error.message) };
}

function messageOf(data: unknown): string | null {
  if (typeof data !== "object" || data === null) return null;
  const { message } = data as Readonly<Record<string, unknown>>;
  return typeof message === "string" && message !== "" ? short(message) : null;
}

function whatItIs(data: unknown): string {
  if (typeof data !== "string") return "its answer does not describe a tunnel";
  return /^\s*</.test(data) ? "it sent a web page" : "its answer is not JSON";
}

function short(text: string): string {
  return text.slice(0, MAX_WORDS);
}

function clientId(tunnel: localtunnel.Tunnel): string {
  // Left out of @types/localtunnel; the client sets it together with `url`.
  return (tunnel as localtunnel.Tunnel & { readonly clientId: string }).clientId;
}
