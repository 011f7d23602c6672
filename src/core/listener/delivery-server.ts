import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { fireAndForget } from "../lib/log.ts";
import { memoryOf } from "../lib/memory-of.ts";
import { createServer } from "../lib/node-http.ts";
import { type AnswerDeps, answerArrival, NOT_KEPT } from "./answer-arrival.ts";
import { type ConnectionLimits, watchDeadlines } from "./deadlines.ts";
import { createPlainConnections } from "./plain-connections.ts";
import type { PlainRequest } from "./plain-request.ts";
import { type Reading, readRequest } from "./read-request.ts";
import { refuse, respond, respondPlainly } from "./respond.ts";
import { limitUnfinished, type UnfinishedLimits } from "./unfinished.ts";

/** What all senders together may hold open; where they hold more, the oldest of its kind gives way. */
export interface ListenerLimits extends UnfinishedLimits, ConnectionLimits {}

export interface DeliveryServerDeps extends AnswerDeps {
  readonly bodyLimit?: number;
  readonly headDeadlineMs?: number;
  readonly bodyDeadlineMs?: number;
  readonly limits?: ListenerLimits;
}

/** A server that does not listen yet, with what is under way on it. */
export interface DeliveryServer {
  readonly server: Server;
  /** Requests under way still get their answer, within a grace. */
  stop(): Promise<void>;
}

const DEFAULT_BODY_LIMIT = 10 * 1024 * 1024;
/** Generous for any honest sender: api.video's events are a few hundred bytes. */
const HEAD_DEADLINE_MS = 15_000;
const BODY_DEADLINE_MS = 60_000;
const MAX_HEAD_BYTES = 256 * 1024;
/** Every delivery of a list has its target in it. The longest that a server should take is 8 000 (RFC 9112, section 3). */
const MAX_TARGET_CHARS = 16 * 1024;
/** Requests of one connection that wait for their answers. No sender of webhooks has two (RFC 9112, section 9.3.2). */
const MAX_UNANSWERED = 64;
/** Of all connections together; what a rule delays for a minute waits here as well. */
const MAX_UNDER_WAY = 10_000;
/**
 * Honest senders have a few dozen connections; localtunnel keeps ten. A head of 256 KiB takes up to 5 MB, where it is made of
 * the shortest fields; bodies may take twice their bytes while they grow.
 */
const LIMITS: ListenerLimits = { connections: 2_000, heads: 50, bodies: 500, bytes: 128 * 1024 * 1024 };
/** Time for requests under way to be answered when the listener stops. */
const STOP_GRACE_MS = 1_000;
/** Time for what was sent already, on connections that carry no request yet, to be read. */
const UNUSED_GRACE_MS = 100;

export function createDeliveryServer(deps: DeliveryServerDeps): DeliveryServer {
  const { clock, log } = deps;
  const readings = new Map<Socket, Reading>();
  const unanswered = new WeakMap<Socket, number>();
  /** Requests from their head to the end of their answer: a body that is read may still be on its way to the disk. */
  let underWay = 0;
  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES, requireHostHeader: false, noDelay: true });
  // localtunnel holds idle connections open for minutes. Node would close them, and then answer the next deliveries
  // with 408; heads and bodies have deadlines of their own instead.
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  server.maxHeadersCount = 0;
  const plain = createPlainConnections({ onRequest: onPlainRequest, giveAway: giveToNode(server) });
  server.on("connection", plain.add);
  const limits = deps.limits ?? LIMITS;
  const beginBody = limitUnfinished(limits);
  const deadlines = watchDeadlines(server, {
    limits,
    headMs: deps.headDeadlineMs ?? HEAD_DEADLINE_MS,
    bodyMs: deps.bodyDeadlineMs ?? BODY_DEADLINE_MS,
    onSlowHead: (socket) => refuse(socket, 408),
    onSlowBody: (socket) => readings.get(socket)?.fail("timed-out"),
  });

  function onPlainRequest(request: PlainRequest, socket: Socket): Promise<void> {
    underWay += 1;
    deadlines.requestComplete(socket);
    const now = clock.now();
    const { method, path, rawHeaders, body } = request;
    const arrival = { receivedAt: now, lastByteAt: now, method, path, rawHeaders, body };
    return answerArrival(deps, arrival, (answer) => respondPlainly(socket, answer)).then(plainEnded, plainBroke);
  }

  function plainEnded(): void {
    underWay -= 1;
  }

  function plainBroke(error: unknown): void {
    underWay -= 1;
    log.error("listener.broke", error);
  }

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    // Of one that was closed, Node still gives all requests of the last chunk.
    if (socket.destroyed) return;
    const before = unanswered.get(socket) ?? 0;
    if (before >= MAX_UNANSWERED) return void socket.destroy();
    if (underWay >= MAX_UNDER_WAY) return void refuse(socket, NOT_KEPT);
    if (request.url !== undefined && request.url.length > MAX_TARGET_CHARS) return void refuse(socket, 414);
    underWay += 1;
    unanswered.set(socket, before + 1);
    response.once("close", () => {
      underWay -= 1;
      unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1);
    });
    const reading = readRequest(request, {
      clock,
      receivedAt: clock.now() - deadlines.headComplete(socket),
      bodyLimit: deps.bodyLimit ?? DEFAULT_BODY_LIMIT,
      onBytes: (bytes) => unfinished.grew(bytes),
    });
    const unfinished = beginBody(reading, memoryOf(request.rawHeaders));
    readings.set(socket, reading);
    const arrival = await reading.arrival;
    unfinished.finished();
    // With pipelining, the next request of the connection may be read already.
    if (readings.get(socket) === reading) {
      readings.delete(socket);
      deadlines.requestComplete(socket);
    }
    await answerArrival(deps, arrival, (answer) => respond(request, response, answer));
  }

  /** A 2xx would open a tunnel through us (RFC 9110, section 9.3.6): the one method that is kept but not accepted. */
  function onConnect(request: IncomingMessage, socket: Socket): Promise<void> {
    socket.on("error", () => socket.destroy());
    const now = clock.now();
    const { method = "CONNECT", url: path = "", rawHeaders } = request;
    const arrival = { receivedAt: now, lastByteAt: now, method, path, rawHeaders, body: Buffer.alloc(0) };
    return answerArrival(deps, arrival, (answer) => refuse(socket, answer), 405);
  }

  for (const name of ["request", "checkExpectation"] as const) {
    // Node answers what expects something unknown with 417 by itself, and nothing of it would be kept.
    server.on(name, (request, response) => fireAndForget(onRequest(request, response), log, "listener.broke"));
  }
  server.on("connect", (request: IncomingMessage, socket: Socket) =>
    fireAndForget(onConnect(request, socket), log, "listener.broke"),
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const reading = readings.get(socket);
    // A reset, or an end in the middle of a body, is a sender that went away; the rest did not follow the protocol.
    const isMalformed = error.code?.startsWith("HPE_") === true && error.code !== "HPE_INVALID_EOF_STATE";
    // What is being read gets its own answer; otherwise there is only a head that made no sense.
    if (reading !== undefined) reading.fail(isMalformed ? "malformed" : "broken-off");
    else refuse(socket, error.code === "HPE_HEADER_OVERFLOW" ? 431 : 400);
  });

  return {
    server,
    async stop() {
      deadlines[Symbol.dispose]();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeIdleConnections();
      plain.closeIdle();
      const stopsAt = performance.now() + STOP_GRACE_MS;
      // Looked at again and again: a request may still come on a connection of a tunnel's pool that had none so far, and
      // neither counts such connections as idle.
      const grace = setInterval(() => {
        if (underWay > 0 && performance.now() < stopsAt) return;
        server.closeAllConnections();
        plain.closeAll();
      }, UNUSED_GRACE_MS);
      await closed.promise;
      clearInterval(grace);
    },
  };
}

/** Takes the server's connections from it, and answers how to give it one after all. */
function giveToNode(server: Server): (socket: Socket) => void {
  const listeners = server.listeners("connection");
  server.removeAllListeners("connection");
  return (socket) => {
    for (const listener of listeners) listener.call(server, socket);
  };
}
