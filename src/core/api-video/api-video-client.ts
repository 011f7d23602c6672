import { AppError } from "#shared/errors.ts";
import type { Clock } from "../lib/clock.ts";
import { exchange, type HttpAnswer, type HttpCall } from "../lib/http-call.ts";
import type { Log } from "../lib/log.ts";
import { type ApiWebhook, readVideoStatus, readWebhook, readWebhookPage, type VideoStatus } from "./api-answers.ts";
import { toApiError } from "./api-errors.ts";
import { createBasicAuthorization, createBearerAuthorization } from "./authorization.ts";
import {
  type LiveStreamPage,
  readLiveStream,
  readLiveStreamPage,
  readVideo,
  readVideoPage,
  type ShownLiveStream,
  type ShownVideo,
  type VideoPage,
} from "./media-answers.ts";

export type { ApiWebhook, VideoStatus };

const TIMEOUT_MS = 15_000;
/** The largest page api.video gives. */
const PAGE_SIZE = 100;
/** Videos carry descriptions, tags and metadata: a page of these stays far below the longest answer that is read. */
const VIDEO_PAGE_SIZE = 50;
/** Two thousand webhooks; api.video allows ten. It only ends a server that never stops giving pages. */
const MAX_PAGES = 20;

export interface ApiVideoClientDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Like https://sandbox.api.video; a path is kept, a slash at the end does not matter. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly auth: "basic" | "bearer";
  /** sandbox, production, simulator or custom; named in messages. */
  readonly environment: string;
  /** For each HTTP exchange; 15 s if left out. */
  readonly timeoutMs?: number;
}

/**
 * The calls of api.video that this app makes (https://docs.api.video/reference). Each throws AppError with an `api.*`
 * code and a message that says what to do, `createWebhook` also `registration.limit`; and the signal's reason where the
 * caller gave up. The key is in none of the messages, causes or log lines.
 */
export interface ApiVideoClient {
  /** The environment, or the base URL of a custom one: what tells accounts apart without asking, but for the key. */
  readonly account: string;
  /** Resolves where the key is accepted; changes nothing at api.video. */
  checkKey(signal?: AbortSignal): Promise<void>;
  /** All pages, each webhook once. */
  listWebhooks(signal?: AbortSignal): Promise<readonly ApiWebhook[]>;
  createWebhook(
    webhook: { readonly url: string; readonly events: readonly string[] },
    signal?: AbortSignal,
  ): Promise<ApiWebhook>;
  getWebhook(webhookId: string, signal?: AbortSignal): Promise<ApiWebhook>;
  /** One that is gone already counts as deleted. */
  deleteWebhook(webhookId: string, signal?: AbortSignal): Promise<void>;
  getVideo(videoId: string, signal?: AbortSignal): Promise<ShownVideo>;
  getVideoStatus(videoId: string, signal?: AbortSignal): Promise<VideoStatus>;
  getLiveStream(liveStreamId: string, signal?: AbortSignal): Promise<ShownLiveStream>;
  /** A video without a source yet; answers its id. */
  createVideo(
    video: { readonly title: string; readonly public: boolean; readonly tags: readonly string[] },
    signal?: AbortSignal,
  ): Promise<string>;
  /** All of a small file in one request. A video gets one source in its life. */
  uploadSource(
    videoId: string,
    file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> },
    signal?: AbortSignal,
  ): Promise<void>;
  /** One that is gone already counts as deleted. */
  deleteVideo(videoId: string, signal?: AbortSignal): Promise<void>;
  /** One page of 50, latest first; pages count from 1. */
  listVideos(
    choice: { readonly sortBy: "createdAt" | "updatedAt"; readonly page: number },
    signal?: AbortSignal,
  ): Promise<VideoPage>;
  /** One page of 100, last changed first; pages count from 1. */
  listLiveStreams(page: number, signal?: AbortSignal): Promise<LiveStreamPage>;
}

/** Opens nothing and keeps nothing but the access token of Bearer authentication. */
export function createApiVideoClient(deps: ApiVideoClientDeps): ApiVideoClient {
  const call = createCaller(deps);

  async function getWebhook(webhookId: string, signal?: AbortSignal): Promise<ApiWebhook> {
    return readWebhook(await call("GET", `/webhooks/${pathSegment(webhookId)}`, { signal }));
  }

  async function remove(kind: "webhooks" | "videos", id: string, signal: AbortSignal | undefined): Promise<void> {
    try {
      await call("DELETE", `/${kind}/${pathSegment(id)}`, { signal });
    } catch (error) {
      if (!(error instanceof AppError && error.code === "api.not_found")) throw error;
    }
  }

  return {
    account: deps.environment === "custom" ? deps.baseUrl : deps.environment,
    async checkKey(signal) {
      readWebhookPage(await call("GET", "/webhooks?currentPage=1&pageSize=1", { signal }));
    },
    async listWebhooks(signal) {
      const found = new Map<string, ApiWebhook>();
      for (let page = 1; page <= MAX_PAGES; page++) {
        const path = `/webhooks?currentPage=${page}&pageSize=${PAGE_SIZE}`;
        const { webhooks, pagesTotal } = readWebhookPage(await call("GET", path, { signal }));
        for (const webhook of webhooks) found.set(webhook.webhookId, webhook);
        if (page >= pagesTotal || webhooks.length === 0) break;
      }
      return [...found.values()];
    },
    async createWebhook({ url, events }, signal) {
      const created = readWebhook(await call("POST", "/webhooks", { json: { events, url }, signal }));
      if (created.signatureSecret !== null) return created;
      try {
        return await getWebhook(created.webhookId, signal);
      } catch (error) {
        // The webhook exists: whoever asked must learn its id, or nobody would ever delete it.
        deps.log.warn("api.secret_unread", { code: error instanceof AppError ? error.code : "aborted" });
        return created;
      }
    },
    getWebhook,
    deleteWebhook: (webhookId, signal) => remove("webhooks", webhookId, signal),
    async createVideo(video, signal) {
      return readVideo(await call("POST", "/videos", { json: video, signal })).videoId;
    },
    async uploadSource(videoId, { name, bytes }, signal) {
      const form = new FormData();
      form.append("file", new Blob([bytes], { type: "video/mp4" }), name);
      await call("POST", `/videos/${pathSegment(videoId)}/source`, { form, signal });
    },
    deleteVideo: (videoId, signal) => remove("videos", videoId, signal),
    async getVideo(videoId, signal) {
      return readVideo(await call("GET", `/videos/${pathSegment(videoId)}`, { signal }));
    },
    async getLiveStream(liveStreamId, signal) {
      return readLiveStream(await call("GET", `/live-streams/${pathSegment(liveStreamId)}`, { signal }));
    },
    async getVideoStatus(videoId, signal) {
      return readVideoStatus(await call("GET", `/videos/${pathSegment(videoId)}/status`, { signal }));
    },
    async listVideos({ sortBy, page }, signal) {
      const path = `/videos?sortBy=${sortBy}&sortOrder=desc&currentPage=${page}&pageSize=${VIDEO_PAGE_SIZE}`;
      return readVideoPage(await call("GET", path, { signal }));
    },
    async listLiveStreams(page, signal) {
      const path = `/live-streams?sortBy=updatedAt&sortOrder=desc&currentPage=${page}&pageSize=${PAGE_SIZE}`;
      return readLiveStreamPage(await call("GET", path, { signal }));
    },
  };
}

interface CallOptions {
  readonly json?: unknown;
  readonly form?: FormData;
  readonly signal: AbortSignal | undefined;
}

type Call = (method: HttpCall["method"], path: string, options: CallOptions) => Promise<string>;

/** Authenticated calls: gives the text of a 2xx answer, and an AppError for any other. */
function createCaller(deps: ApiVideoClientDeps): Call {
  const { environment, apiKey, timeoutMs = TIMEOUT_MS } = deps;
  const baseUrl = deps.baseUrl.replace(/\/+$/, "");

  function send(call: Omit<HttpCall, "url"> & { readonly path: string }, signal?: AbortSignal): Promise<HttpAnswer> {
    const { path, ...rest } = call;
    return exchange({ ...rest, url: `${baseUrl}${path}` }, timeoutMs, signal);
  }

  const authorization =
    deps.auth === "basic"
      ? createBasicAuthorization({ apiKey })
      : createBearerAuthorization({
          apiKey,
          environment,
          now: () => deps.clock.now(),
          // Without the caller's signal: the token is shared, and the next caller needs it even if this one gave up.
          post: (path, json) => send({ method: "POST", path, headers: {}, json }),
        });

  async function attempt(method: HttpCall["method"], path: string, options: CallOptions, isSecond: boolean) {
    options.signal?.throwIfAborted();
    const header = await untilAborted(authorization.header(), options.signal);
    const { json, form, signal } = options;
    const answer = await send({ method, path, headers: { Authorization: header }, json, form }, signal);
    if (answer.status !== 401 || isSecond || !authorization.renew(header)) return answer;
    return attempt(method, path, options, true);
  }

  return async (method, path, options) => {
    const startedAt = deps.clock.now();
    try {
      const answer = await attempt(method, path, options, false);
      if (answer.status < 200 || answer.status >= 300) throw toApiError(answer, deps);
      return answer.text;
    } catch (error) {
      if (error instanceof AppError) {
        const ms = Math.round(deps.clock.now() - startedAt);
        deps.log.warn("api.call_failed", { method, area: path.split(/[/?]/)[1], code: error.code, ms });
      }
      throw error;
    }
  };
}

/** As one segment of a path; ids come from the server and may be anything, even what a URL takes for "one level up". */
function pathSegment(id: string): string {
  if (id === "" || id === "." || id === "..") {
    throw new AppError("api.not_found", `api.video has nothing with the id ${JSON.stringify(id)}.`);
  }
  return encodeURIComponent(id);
}

/** For a signal that is not aborted yet. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
