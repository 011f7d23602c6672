import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { listen, stop } from "./relay-sockets.ts";

const WAIT_MS = 10_000;

export interface RelayTunnelOptions {
  readonly name: string;
  /** 0 means any free port. */
  readonly publicPort: number;
  /** Drop connections that speak or end while idle. */
  readonly isStrict: boolean;
  maxWaiting(): number;
  /** The status of a page that is shown instead of what the client answers; null for none. */
  page(): number | null;
  /** Before each delivery is passed on. */
  pause(): Promise<void> | undefined;
}

/** One tunnel of the relay: a public HTTP server on one side, the client's pool of connections on the other. */
export interface RelayTunnel extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
  readonly publicPort: number;
  readonly poolPort: number;
  connections(): number;
  /** Public requests that have no whole answer yet. */
  unanswered(): number;
}

/** Passes each public request through a connection of its own, with headers as they came and bytes untouched. */
export async function startRelayTunnel(options: RelayTunnelOptions): Promise<RelayTunnel> {
  const all = new Set<Socket>();
  const idle: Socket[] = [];
  const waiting: ((socket: Socket | null) => void)[] = [];
  let unanswered = 0;

  const pool = createTcpServer((socket) => {
    all.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      all.delete(socket);
      const place = idle.indexOf(socket);
      if (place >= 0) idle.splice(place, 1);
    });
    const next = waiting.shift();
    if (next !== undefined) return next(socket);
    idle.push(socket);
    if (!options.isStrict) return;
    socket.once("data", drop);
    socket.once("end", drop);
  });

  function takeSocket(): Promise<Socket | null> {
    const socket = idle.shift();
    if (socket !== undefined) {
      socket.off("data", drop);
      socket.off("end", drop);
      return Promise.resolve(socket);
    }
    const { promise, resolve } = Promise.withResolvers<Socket | null>();
    waiting.push(resolve);
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(resolve), 1);
      resolve(null);
    }, WAIT_MS);
    void promise.finally(() => clearTimeout(timer));
    return promise;
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await options.pause();
    const page = options.page();
    if (page !== null) {
      response.writeHead(page, { "Content-Type": "text/html" }).end("<!doctype html><title>Reminder</title>");
      return;
    }
    if (idle.length === 0 && waiting.length >= options.maxWaiting()) return refuse(response, 429, "Tunnel is busy.");
    const socket = await takeSocket();
    if (socket === null) return refuse(response, 503, "No connection to the client.");
    forward(request, response, socket);
  }

  const server = createServer((request, response) => {
    unanswered += 1;
    response.once("close", () => {
      unanswered -= 1;
    });
    pass(request, response).catch(() => response.destroy());
  });
  const publicPort = await listen(server, options.publicPort);
  const poolPort = await listen(pool, 0);
  return {
    name: options.name,
    url: `http://127.0.0.1:${publicPort}`,
    publicPort,
    poolPort,
    connections: () => all.size,
    unanswered: () => unanswered,
    async [Symbol.asyncDispose]() {
      for (const next of waiting.splice(0)) next(null);
      const stopped = Promise.all([stop(server), stop(pool)]);
      for (const socket of all) socket.destroy();
      await stopped;
    },
  };
}

function drop(this: Socket): void {
  this.destroy();
}

function forward(request: IncomingMessage, response: ServerResponse, socket: Socket): void {
  const onward = httpRequest({
    createConnection: () => socket,
    method: request.method,
    path: request.url,
    headers: [...endToEnd(request.rawHeaders), "Connection", "close"],
  });
  onward.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders));
    answer.pipe(response);
    answer.once("error", () => response.destroy());
    // One delivery per connection: the client makes a new one.
    answer.once("close", () => socket.destroy());
  });
  onward.on("error", () => {
    socket.destroy();
    if (response.headersSent) response.destroy();
    else refuse(response, 502, "The client is gone.");
  });
  response.once("close", () => {
    if (!response.writableFinished) onward.destroy();
  });
  request.pipe(onward);
}

/** Names, order, case and duplicates as they came; only `Connection` belongs to each leg. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = "", value = ""] = rawHeaders.slice(i, i + 2);
    if (name.toLowerCase() !== "connection" && name.toLowerCase() !== "keep-alive") kept.push(name, value);
  }
  return kept;
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "Content-Type": "text/plain" }).end(message);
}
