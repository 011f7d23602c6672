import * as z from "zod";
import { AppError } from "#shared/errors.ts";

/** A webhook as api.video keeps it. The secret is null where the server does not tell it. */
export interface ApiWebhook {
  readonly webhookId: string;
  readonly url: string;
  readonly events: string[];
  /** As api.video wrote it, ISO 8601. */
  readonly createdAt?: string;
  readonly signatureSecret: string | null;
}

/** How far a video is: `ingest` is uploading, uploaded, ingesting or ingested, null where nothing came yet. */
export interface VideoStatus {
  readonly ingest: string | null;
  readonly isPlayable: boolean;
  /** `type` is hls or mp4, `quality` like 720p, `status` waiting, encoding, encoded or failed; all open texts. */
  readonly qualities: readonly { readonly type: string; readonly quality: string; readonly status: string }[];
}

export interface WebhookPage {
  readonly webhooks: readonly ApiWebhook[];
  readonly pagesTotal: number;
}

export interface AccessToken {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresInMs: number;
}

/** Texts of ids, URLs and secrets are short; what is longer is not one of them. */
export const Text = z.string().min(1).max(4096);

/** An id goes into paths and headers later, where a line break or a letter beyond ASCII would do harm. */
export const Id = z.string().regex(/^[\x21-\x7e]{1,200}$/);

/** The reference declares every field optional and its samples leave some out, so only the id is insisted on. */
const WebhookAnswer = z.object({
  webhookId: Id,
  url: z.string().max(4096).catch(""),
  events: z.array(z.string().max(200)).max(100).catch([]),
  createdAt: Text.optional().catch(undefined),
  signatureSecret: Text.nullable().catch(null),
});

/** A bare array counts as the only page: servers that merely resemble api.video answer so. */
export const ListAnswer = z.preprocess(
  (json) => (Array.isArray(json) ? { data: json } : json),
  z.object({
    data: z.array(z.unknown()),
    pagination: z.object({ pagesTotal: z.number().catch(1) }).catch({ pagesTotal: 1 }),
  }),
);

const QualityAnswer = z.object({ type: Text, quality: Text, status: Text });

const VideoStatusAnswer = z.object({
  ingest: z.object({ status: Text.nullable().catch(null) }).catch({ status: null }),
  encoding: z
    .object({ playable: z.boolean().catch(false), qualities: z.array(z.unknown()).catch([]) })
    .catch({ playable: false, qualities: [] }),
});

const TokenAnswer = z.object({
  access_token: Text,
  refresh_token: Text.nullable().catch(null),
  /** Seconds. An hour by the reference. */
  expires_in: z.number().positive().catch(3600),
});

/** Each reader takes the text of a 2xx answer and throws AppError `api.unexpected_response` where it is something else. */
export function readWebhook(text: string): ApiWebhook {
  return toWebhook(read(WebhookAnswer, text));
}

/** One page. Entries without an id are left out: nothing could be done with them. */
export function readWebhookPage(text: string): WebhookPage {
  const { data, pagination } = read(ListAnswer, text);
  return { webhooks: keepParsed(WebhookAnswer, data).map(toWebhook), pagesTotal: pagination.pagesTotal };
}

export function readVideoStatus(text: string): VideoStatus {
  const { ingest, encoding } = read(VideoStatusAnswer, text);
  return {
    ingest: ingest.status,
    isPlayable: encoding.playable,
    qualities: keepParsed(QualityAnswer, encoding.qualities),
  };
}

export function readAccessToken(text: string): AccessToken {
  const token = read(TokenAnswer, text);
  return {
    accessToken: token.access_token,
    refreshToken: token.refresh_token,
    expiresInMs: token.expires_in * 1000,
  };
}

/** Undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Proxies and captive portals answer with HTML; the caller says what that means.
    return undefined;
  }
}

function toWebhook({ createdAt, ...webhook }: z.infer<typeof WebhookAnswer>): ApiWebhook {
  return createdAt === undefined ? webhook : { ...webhook, createdAt };
}

/** Those of `values` that fit; one that does not must not hide the others. */
export function keepParsed<T>(schema: z.ZodType<T>, values: readonly unknown[]): T[] {
  return values.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Throws AppError `api.unexpected_response` where the text is not of this form. */
export function read<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  // The zod error would quote the answer, which can hold a secret; it is not kept as the cause.
  throw new AppError(
    "api.unexpected_response",
    "The answer is not one that api.video gives. Check the API base URL in Settings, and that no proxy or sign-in page of the network answers in its place.",
  );
}
