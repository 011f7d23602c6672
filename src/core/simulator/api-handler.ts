import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopbackHost } from "#shared/domain/tunnel.ts";
import type { Log } from "../lib/log.ts";
import {
  type Answer,
  invalidPayload,
  methodNotAllowed,
  refused,
  serverError,
  tooManyRequests,
  unrecognizedUrl,
} from "./answer.ts";
import type { createRateLimits, Quota } from "./rate-limits.ts";
import { type Budget, matchRoute, type Route, type RouteMatch } from "./routes.ts";

/** A hundred times the longest sensible body. */
const MAX_JSON_BYTES = 256 * 1024;

export interface ApiHandlerDeps {
  readonly routes: readonly Route[];
  /** The 401 for an Authorization header, null where it is right. */
  check(header: string | undefined): Answer | null;
  readonly limits: ReturnType<typeof createRateLimits>;
  readonly log: Log;
}

/** One request from its head to its answer. Never rejects: a bug of ours is logged and answered with api.video's 500. */
export function createApiHandler(deps: ApiHandlerDeps) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const { answer, quota } = await answerTo(request, deps);
      send(response, answer, quota);
    } catch (error) {
      // A sender that went away in the middle of its body is not our failure, and there is nobody to answer.
      if (request.destroyed && !request.complete) return;
      deps.log.error("simulator.call_failed", error, { method: request.method });
      send(response, serverError, undefined);
    }
  };
}

interface Answered {
  readonly answer: Answer;
  readonly quota?: Quota;
}

async function answerTo(request: IncomingMessage, { routes, check, limits }: ApiHandlerDeps): Promise<Answered> {
  if (!isFromHere(request)) return { answer: foreign };
  const url = urlOf(request);
  const match = url === null ? unknown : matchRoute(routes, request.method ?? "", url);
  const quota = limits.take(match.kind === "found" ? match.route.budget : budgetOf(request.method));
  if (quota.isExceeded) return { answer: tooManyRequests, quota };
  if (url === null || match.kind === "unknown") return { answer: unrecognizedUrl, quota };
  if (match.kind === "wrong-method") return { answer: methodNotAllowed, quota };

  const refusal = match.route.isOpen ? null : check(request.headers.authorization);
  if (refusal !== null) return { answer: refusal, quota };
  const json = match.route.readsJson ? await readJson(request) : {};
  if (json === null) return { answer: invalidPayload, quota };
  return { answer: await match.route.handle({ param: match.param, url, json, raw: request }), quota };
}

const unknown: RouteMatch = { kind: "unknown" };

function budgetOf(method: string | undefined): Budget {
  return method === "GET" || method === "HEAD" ? "reads" : "writes";
}

/**
 * Its key is no secret, so web pages must be kept out by other means: one that had its own name resolved to 127.0.0.1
 * shows that name in Host, and any other is named in Origin.
 */
function isFromHere({ headers }: IncomingMessage): boolean {
  const { host = "", origin } = headers;
  if (!isLoopbackHost(URL.parse(`http://${host}`)?.hostname ?? "")) return false;
  return origin === undefined || isLoopbackHost(URL.parse(origin)?.hostname ?? "");
}

const foreign = refused(403, {
  slug: "simulator-loopback-only",
  title: "The simulator answers programs on this computer only.",
  name: "",
});

function urlOf({ url = "", headers }: IncomingMessage): URL | null {
  return url.startsWith("/") ? URL.parse(`http://${headers.host}${url}`) : null;
}

/** The JSON object of a body; null where it is something else or longer than any could be. */
async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MAX_JSON_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_JSON_BYTES) return null;
  try {
    const json: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    // An object that is no array has no other index signature than this.
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : null;
  } catch {
    // Not JSON is what the caller reports.
    return null;
  }
}

function send(response: ServerResponse, { status, json }: Answer, quota: Quota | undefined): void {
  const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
  response.writeHead(status, {
    ...(body !== undefined && { "Content-Type": "application/json", "Content-Length": body.length }),
    ...quota?.headers,
  });
  response.end(body);
}
