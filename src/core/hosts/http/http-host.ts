import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { maxInputBytes } from "#shared/contract/commands.ts";
import { AppError } from "#shared/errors.ts";
import type { EventBus } from "../../event-bus.ts";
import type { Log } from "../../lib/log.ts";
import { createServer } from "../../lib/node-http.ts";
import type { Router } from "../../router.ts";
import { readUiFile } from "../ui-file.ts";
import { createEventStreams } from "./event-streams.ts";
import { createGuard } from "./guard.ts";
import { createTickets } from "./tickets.ts";

export interface HttpHostDeps {
  readonly router: Router;
  readonly events: EventBus;
  readonly log: Log;
  /** 0 means any free port. */
  readonly port: number;
  readonly token: string;
  /** The built UI; null where only the API is wanted. */
  readonly uiDir: string | null;
}

export interface HttpHost extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
}

const CALL_PREFIX = "/api/call/";
/** With a ticket behind it. */
const OPEN_PREFIX = "/open/";
/** Gives such a path as `{path}`. */
export const TICKET_PATH = "/api/open";

/**
 * The control API and the UI, on loopback, on a port that no tunnel ever points to.
 * Throws AppError `ui.port_in_use`.
 */
export async function startHttpHost(deps: HttpHostDeps): Promise<HttpHost> {
  const server = createServer();
  const port = await listen(server, deps.port);
  const guard = createGuard({ port, token: deps.token });
  const streams = createEventStreams(deps.events);
  const tickets = createTickets();

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pathname = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const isApi = pathname.startsWith("/api/");
    const refusal = guard.refuseSource(request) ?? (isApi ? guard.refuseToken(request) : null);
    if (refusal !== null) {
      response.writeHead(refusal, { "Content-Length": "0" }).end();
      request.resume();
    } else if (pathname.startsWith(CALL_PREFIX)) {
      await onCall(request, response, pathname.slice(CALL_PREFIX.length));
    } else if (pathname === "/api/events" && request.method === "GET") {
      streams.open(request, response);
    } else if (pathname === TICKET_PATH && request.method === "POST") {
      request.resume();
      answerJson(response, { path: OPEN_PREFIX + tickets.issue() });
    } else if (request.method === "GET" && pathname.startsWith(OPEN_PREFIX)) {
      onOpen(response, pathname.slice(OPEN_PREFIX.length));
    } else if (!isApi && request.method === "GET" && deps.uiDir !== null) {
      const file = await readUiFile(deps.uiDir, pathname);
      response.writeHead(file === null ? 404 : 200, file?.headers ?? {}).end(file?.body);
    } else {
      response.writeHead(404).end();
    }
  }

  /** A ticket that is spent leads to the page as well, which may have its token from before, and else says what to do. */
  function onOpen(response: ServerResponse, ticket: string): void {
    const isGood = tickets.take(ticket);
    if (!isGood) deps.log.warn("http.ticket_not_good");
    const location = isGood ? uiPath(deps.token) : "/";
    response
      .writeHead(302, { Location: location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" })
      .end();
  }

  async function onCall(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    if (request.method !== "POST") {
      response.writeHead(405, { Allow: "POST" }).end();
      return;
    }
    const text = await readText(request, maxInputBytes(name));
    if (text === null) {
      response.writeHead(413, { Connection: "close" }).end();
      return;
    }
    const input = parseJson(text);
    const reply = input.ok
      ? await deps.router.dispatch(name, input.json)
      : { ok: false, error: new AppError("input.invalid", "The input is not JSON.").toBody() };
    answerJson(response, reply);
  }

  server.on("request", (request, response) => {
    onRequest(request, response).catch((error: unknown) => {
      deps.log.error("http.request_broke", error);
      response.destroy();
    });
  });

  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      streams[Symbol.dispose]();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

function answerJson(response: ServerResponse, json: unknown): void {
  response.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  response.end(JSON.stringify(json));
}

/** The page's path with the token in its fragment, which a browser never sends anywhere. */
export function uiPath(token: string): string {
  return `/#token=${token}`;
}

/** The body as text; null when it is larger than the input may be. */
async function readText(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): { ok: true; json: unknown } | { ok: false } {
  if (text === "") return { ok: true, json: {} };
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  try {
    await promise;
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE")) throw cause;
    throw new AppError(
      "ui.port_in_use",
      `Port ${port} is taken, so the UI cannot be served. Stop what uses it, or choose another with --ui-port (0 = any free one).`,
      { cause, details: { port } },
    );
  }
  // A server that listens on TCP has an AddressInfo.
  return (server.address() as AddressInfo).port;
}
