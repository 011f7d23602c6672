import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { IncompleteReason } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";
import type { Answer } from "../lib/answer.ts";
import type { Clock } from "../lib/clock.ts";
import { fireAndForget, type Log } from "../lib/log.ts";
import { createServer } from "../lib/node-http.ts";
import { type ConnectionLimits, watchDeadlines } from "./deadlines.ts";
import { listenOn } from "./listen-on.ts";
import { type Arrival, type Reading, readRequest } from "./read-request.ts";
import { refuse, respond } from "./respond.ts";
import { limitUnfinished, type UnfinishedLimits } from "./unfinished.ts";

/** A delivery that is on disk; told when its answer went out, or that none will. */
export interface Captured {
  /** Where what to answer is decided only now; it goes before the status that was to be answered. Never rejects. */
  readonly answer?: Promise<Answer>;
  answered(at: number | null): void;
}

export interface ListenerDeps {
  /** 0 means any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves when the delivery is durable; rejects with AppError when it could not be kept. `status` is what we will answer. */
  capture(arrival: Arrival, status: number | null): Promise<Captured>;
  /** The answer to a request of our own, which proves the path and is no delivery; null for everything else. */
  answerCanary?(arrival: Arrival): string | null;
  readonly bodyLimit?: number;
  readonly headDeadlineMs?: number;
  readonly bodyDeadlineMs?: number;
  readonly limits?: ListenerLimits;
}

/** What all senders together may hold open; where they hold more, the oldest of its kind gives way. */
export interface ListenerLimits extends UnfinishedLimits, ConnectionLimits {}

export interface Listener extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Closes everything and listens again on the same port; who asks meanwhile shares it. Throws like `startListener`. */
  restart(): Promise<void>;
}

export const DEFAULT_BODY_LIMIT = 10 * 1024 * 1024;
/** Generous for any honest sender: api.video's events are a few hundred bytes. */
const HEAD_DEADLINE_MS = 15_000;
const BODY_DEADLINE_MS = 60_000;
const MAX_HEAD_BYTES = 256 * 1024;
/** Honest senders have a few dozen connections; localtunnel keeps ten. Together 50 MB of heads and 128 MB of bodies. */
const LIMITS: ListenerLimits = { connections: 2_000, heads: 200, bodies: 500, bytes: 128 * 1024 * 1024 };
/** Time for requests under way to be answered when the listener stops. */
const STOP_GRACE_MS = 1_000;
/** Time for what was sent already, on connections that carry no request yet, to be read. */
const UNUSED_GRACE_MS = 100;

/** null: nobody is there any more to be answered. */
const STATUS: Readonly<Record<IncompleteReason | "whole", number | null>> = {
  whole: 202,
  cut: 413,
  "timed-out": 408,
  malformed: 400,
  "broken-off": null,
};

/**
 * The one server that the internet can reach. It captures any method and any path and serves nothing.
 * Throws AppError `listener.port_in_use` or `listener.permission`.
 */
export async function startListener(deps: ListenerDeps): Promise<Listener> {
  let deliveries = createDeliveryServer(deps);
  const port = await listenOn(deliveries.server, deps.port);
  let restarting: Promise<void> | undefined;
  let isDisposed = false;

  async function startAnew(): Promise<void> {
    await deliveries.stop();
    if (isDisposed) return;
    deliveries = createDeliveryServer(deps);
    await listenOn(deliveries.server, port);
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    restart() {
      restarting ??= startAnew().finally(() => {
        restarting = undefined;
      });
      return restarting;
    },
    async [Symbol.asyncDispose]() {
      isDisposed = true;
      // A restart that fails is told to the one who asked for it.
      await Promise.allSettled([restarting]);
      await deliveries.stop();
    },
  };
}

/** A server that does not listen yet, with what is under way on it. */
interface DeliveryServer {
  readonly server: Server;
  /** Requests under way still get their answer, within a grace. */
  stop(): Promise<void>;
}

function createDeliveryServer(deps: ListenerDeps): DeliveryServer {
  const { clock, log } = deps;
  const readings = new Map<Socket, Reading>();
  /** Requests from their head to the end of their answer: a body that is read may still be on its way to the disk. */
  let underWay = 0;
  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES, requireHostHeader: false, noDelay: true });
  // localtunnel holds idle connections open for minutes. Node would close them, and then answer the next deliveries
  // with 408; heads and bodies have deadlines of their own instead.
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  server.maxHeadersCount = 0;
  const limits = deps.limits ?? LIMITS;
  const beginBody = limitUnfinished(limits);
  const deadlines = watchDeadlines(server, {
    limits,
    headMs: deps.headDeadlineMs ?? HEAD_DEADLINE_MS,
    bodyMs: deps.bodyDeadlineMs ?? BODY_DEADLINE_MS,
    onSlowHead: (socket) => refuse(socket, "408 Request Timeout"),
    onSlowBody: (socket) => readings.get(socket)?.fail("timed-out"),
  });

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    underWay += 1;
    response.once("close", () => {
      underWay -= 1;
    });
    const reading = readRequest(request, {
      clock,
      receivedAt: clock.now() - deadlines.headComplete(socket),
      bodyLimit: deps.bodyLimit ?? DEFAULT_BODY_LIMIT,
      onBytes: (bytes) => unfinished.grew(bytes),
    });
    const unfinished = beginBody(reading);
    readings.set(socket, reading);
    const arrival = await reading.arrival;
    unfinished.finished();
    // With pipelining, the next request of the connection may be read already.
    if (readings.get(socket) === reading) {
      readings.delete(socket);
      deadlines.requestComplete(socket);
    }
    const canary = arrival.incomplete === undefined ? (deps.answerCanary?.(arrival) ?? null) : null;
    if (canary !== null) return void response.end(canary);
    const status = STATUS[arrival.incomplete ?? "whole"];
    const captured = await keep(deps, arrival, status);
    if (captured === null) {
      response.setHeader("Retry-After", "1");
      respond(request, response, 503);
      return;
    }
    // Node leaves the connection to the one who listens for its errors; half of it would stay open for ever.
    if (status === null) response.destroy();
    const answer = captured.answer === undefined ? status : await captured.answer;
    captured.answered(answer !== null && respond(request, response, answer) ? clock.now() : null);
  }

  server.on("request", (request, response) => fireAndForget(onRequest(request, response), log, "listener.broke"));
  server.on("connect", (request: IncomingMessage, socket: Socket) =>
    fireAndForget(onConnect(deps, request, socket), log, "listener.broke"),
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const reading = readings.get(socket);
    // A reset, or an end in the middle of a body, is a sender that went away; the rest did not follow the protocol.
    const isMalformed = error.code?.startsWith("HPE_") === true && error.code !== "HPE_INVALID_EOF_STATE";
    // What is being read gets its own answer; otherwise there is only a head that made no sense.
    if (reading !== undefined) reading.fail(isMalformed ? "malformed" : "broken-off");
    else
      refuse(socket, error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request");
  });

  return {
    server,
    async stop() {
      deadlines[Symbol.dispose]();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeIdleConnections();
      const stopsAt = performance.now() + STOP_GRACE_MS;
      // Looked at again and again: a request may still come on a connection of a tunnel's pool that had none so far, and
      // Node does not count such connections as idle.
      const grace = setInterval(() => {
        if (underWay === 0 || performance.now() >= stopsAt) server.closeAllConnections();
      }, UNUSED_GRACE_MS);
      await closed.promise;
      clearInterval(grace);
    },
  };
}

/** A 2xx would open a tunnel through us (RFC 9110, section 9.3.6): the one method that is kept but not accepted. */
async function onConnect(deps: ListenerDeps, request: IncomingMessage, socket: Socket): Promise<void> {
  socket.on("error", () => socket.destroy());
  const now = deps.clock.now();
  const { method = "CONNECT", url: path = "", rawHeaders } = request;
  const arrival = { receivedAt: now, lastByteAt: now, method, path, rawHeaders, body: Buffer.alloc(0) };
  const captured = await keep(deps, arrival, 405);
  refuse(socket, captured === null ? "503 Service Unavailable" : "405 Method Not Allowed");
  captured?.answered(deps.clock.now());
}

/** null where the delivery could not be kept, which is logged. */
async function keep(deps: ListenerDeps, arrival: Arrival, status: number | null): Promise<Captured | null> {
  try {
    return await deps.capture(arrival, status);
  } catch (error) {
    // A full disk is told of as a problem; under a flood, a stack for each delivery would only fill it further.
    if (error instanceof AppError) deps.log.warn("listener.not_kept", { code: error.code });
    else deps.log.error("listener.not_kept", error);
    return null;
  }
}
