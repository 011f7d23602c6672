import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { listen, stop } from "./relay-sockets.ts";
import { type RelayTunnel, startRelayTunnel } from "./relay-tunnel.ts";

/** What a relay does wrong, to be changed at any time. */
export interface RelayFaults {
  /** How it answers a client that wants a tunnel: `ok`, or not as it should. `silent` never answers. */
  answer: "ok" | "forbidden" | "error" | "html" | "nonsense" | "silent";
  /** Names that somebody else has. Like the public relay, it then gives a random name without a word. */
  readonly taken: Set<string>;
  /** With this, a taken name is refused with 409 instead. */
  refuseTaken: boolean;
  /** Before each delivery is passed on. */
  latencyMs: number;
  /** The status with which a web page is put before every tunnel, as a reminder or a login; null for none. */
  page: number | null;
  /** Deliveries that may wait for a connection; more get 429. */
  maxWaiting: number;
}

export interface RelayOptions {
  /** 0 means any free port. */
  readonly port?: number;
  /**
   * How it treats connections of the pool that speak or end while nobody asked: `strict` drops them; `upstream` keeps
   * them, like the original relay, and hands their words out as the answer to the next delivery.
   */
  readonly policy?: "strict" | "upstream";
}

/** A localtunnel relay on 127.0.0.1. Each tunnel has a public URL with a port of its own, kept per name. */
export interface Relay extends AsyncDisposable {
  readonly url: string;
  readonly faults: RelayFaults;
  /** How many times a client asked for a tunnel. */
  readonly asked: number;
  /** Every name that was ever given out, oldest first. */
  names(): string[];
  /** Connections that the client of this tunnel holds. */
  connections(name: string): number;
  /** Deliveries whose answer is not yet with their sender, who would send them again if the relay died now. */
  unanswered(): number;
  /** Everything breaks off at once, as when the process dies. */
  kill(): Promise<void>;
  /** Back on the same port; names keep their public ports. */
  restart(): Promise<void>;
}

const POOL_SIZE = 10;
const NAME = /^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/;

export async function startRelay({ port = 0, policy = "strict" }: RelayOptions = {}): Promise<Relay> {
  const faults: RelayFaults = {
    answer: "ok",
    taken: new Set(),
    refuseTaken: false,
    latencyMs: 0,
    page: null,
    maxWaiting: Number.POSITIVE_INFINITY,
  };
  const tunnels = new Map<string, RelayTunnel>();
  const publicPorts = new Map<string, number>();
  let asked = 0;
  let control = await startControl(port);

  async function startControl(onPort: number): Promise<{ server: Server; port: number }> {
    const server = createServer((request, response) => {
      answer(request, response).catch(() => response.destroy());
    });
    return { server, port: await listen(server, onPort) };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked += 1;
    const wanted = request.url === "/?new" ? randomName() : (request.url ?? "").slice(1);
    switch (faults.answer) {
      case "silent":
        return;
      case "forbidden":
        return sendJson(response, 403, { message: "Not for you." });
      case "error":
        return sendJson(response, 500, { message: "Out of order." });
      case "nonsense":
        return sendJson(response, 200, { id: 7, port: "many" });
      case "html":
        response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Welcome</title>");
        return;
    }
    if (!NAME.test(wanted)) return sendJson(response, 403, { message: "Invalid subdomain." });
    const isTaken = faults.taken.has(wanted) || (tunnels.get(wanted)?.connections() ?? 0) > 0;
    if (isTaken && faults.refuseTaken) return sendJson(response, 409, { message: "This name is taken." });
    const tunnel = await open(isTaken ? randomName() : wanted);
    sendJson(response, 200, { id: tunnel.name, port: tunnel.poolPort, max_conn_count: POOL_SIZE, url: tunnel.url });
  }

  async function open(name: string): Promise<RelayTunnel> {
    await tunnels.get(name)?.[Symbol.asyncDispose]();
    const tunnel = await startRelayTunnel({
      name,
      publicPort: publicPorts.get(name) ?? 0,
      isStrict: policy === "strict",
      maxWaiting: () => faults.maxWaiting,
      page: () => faults.page,
      pause: () => (faults.latencyMs > 0 ? delay(faults.latencyMs) : undefined),
    });
    publicPorts.set(name, tunnel.publicPort);
    tunnels.set(name, tunnel);
    return tunnel;
  }

  async function kill(): Promise<void> {
    await stop(control.server);
    await Promise.all([...tunnels.values()].map((tunnel) => tunnel[Symbol.asyncDispose]()));
    tunnels.clear();
  }

  return {
    url: `http://127.0.0.1:${control.port}`,
    faults,
    get asked() {
      return asked;
    },
    names: () => [...publicPorts.keys()],
    connections: (name) => tunnels.get(name)?.connections() ?? 0,
    unanswered: () => [...tunnels.values()].reduce((sum, tunnel) => sum + tunnel.unanswered(), 0),
    kill,
    async restart() {
      control = await startControl(control.port);
    },
    [Symbol.asyncDispose]: kill,
  };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

function randomName(): string {
  return `random-${randomBytes(6).toString("hex")}`;
}
