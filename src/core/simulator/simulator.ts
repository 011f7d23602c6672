import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { createServer } from "../lib/node-http.ts";
import { createApiHandler } from "./api-handler.ts";
import { createBackground } from "./background.ts";
import { createEmitter } from "./emitter.ts";
import { createLiveStreamsApi } from "./live-streams-api.ts";
import { createRateLimits, type RateLimitFigures, SANDBOX_LIMITS } from "./rate-limits.ts";
import { createSessions } from "./sessions.ts";
import { createVideosApi } from "./videos-api.ts";
import { createWebhooksApi } from "./webhooks-api.ts";

const RETRY_DELAY_MS = 3000;

export interface SimulatorDeps {
  /** 0 means any free port. */
  readonly port: number;
  /** The key that it takes; `simulator` if left out. */
  readonly apiKey?: string;
  readonly clock: Clock;
  readonly log: Log;
  randomId(bytes: number): string;
  /** Between two tries of a delivery; 3 s if left out, like api.video. */
  readonly retryDelayMs?: number;
  /** Factor on the times of encodings and broadcasts; 1 if left out, with which a clip takes about four seconds. */
  readonly pace?: number;
  /** Calls a minute; the sandbox's figures if left out. */
  readonly rateLimit?: RateLimitFigures;
}

export interface Simulator extends AsyncDisposable {
  /** Its base URL, without a slash at the end: http://127.0.0.1:4848. */
  readonly url: string;
}

/**
 * A stand-in for api.video on 127.0.0.1: webhooks, videos and live streams as its reference describes them, with signed
 * events to the webhooks registered. It keeps everything in memory and calls nobody but those webhooks. Throws AppError
 * `simulator.port_in_use` where the port cannot be had.
 */
export async function startSimulator(deps: SimulatorDeps): Promise<Simulator> {
  const { clock, log, randomId, pace = 1, apiKey = "simulator" } = deps;
  await using stack = new AsyncDisposableStack();
  const background = stack.use(createBackground(log));
  const webhooks = createWebhooksApi({ clock, randomId });
  const retryDelayMs = deps.retryDelayMs ?? RETRY_DELAY_MS;
  const emit = createEmitter({ webhooks, background, clock, log, randomId, retryDelayMs });
  const videos = createVideosApi({ emit, background, clock, pace, randomId });
  const liveStreams = createLiveStreamsApi({ emit, videos, background, clock, pace, randomId });
  const sessions = createSessions({ apiKey, clock, randomId });
  const handle = createApiHandler({
    routes: [...sessions.routes, ...webhooks.routes, ...videos.routes, ...liveStreams.routes],
    check: sessions.check,
    limits: createRateLimits(deps.rateLimit ?? SANDBOX_LIMITS, clock),
    log,
  });

  const server = createServer((request, response) => void handle(request, response));
  stack.defer(() => close(server));
  const url = await listen(server, deps.port);
  log.info("simulator.started", { url });
  const running = stack.move();
  return { url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

async function listen(server: Server, port: number): Promise<string> {
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch (cause) {
    throw new AppError(
      "simulator.port_in_use",
      `The simulator cannot listen on port ${port}. Choose another one, or 0 for any that is free.`,
      { cause },
    );
  }
  // A server that listens on TCP has an address of this type.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
