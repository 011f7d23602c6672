import * as z from "zod";
import { AppError } from "#shared/errors.ts";
import type { HttpAnswer } from "../lib/http-call.ts";
import { parseJson } from "./api-answers.ts";

/** api.video counts requests in windows of a minute, so waiting that long is always enough. */
const RATE_WINDOW_SECONDS = 60;
const MAX_QUOTED_CHARS = 300;

const Title = z.string().max(2000).optional().catch(undefined);

const ErrorAnswer = z.object({
  type: Title,
  title: Title,
  name: Title,
  problems: z.array(z.unknown()).max(50).catch([]),
});

const Problem = z.object({ type: Title, title: Title, name: Title });

/** What the server says is wrong: the last part of `type`, and its titles as one line. Both empty for a foreign answer. */
export interface Refusal {
  readonly slug: string;
  readonly words: string;
}

/** Whose errors these are. `apiKey` is only there to be taken out of the server's words. */
export interface ErrorContext {
  /** sandbox, production, simulator or custom; named in messages. */
  readonly environment: string;
  readonly apiKey: string;
}

/** Reads an error body of any kind: api.video's, an older form of it, or a proxy's page. Never throws. */
export function readRefusal(text: string): Refusal {
  const answer = ErrorAnswer.safeParse(parseJson(text));
  if (!answer.success) return { slug: "", words: "" };
  const problems = answer.data.problems.flatMap((value) => Problem.safeParse(value).data ?? []);
  const named = problems.map(({ name, title }) => (name && title ? `${name}: ${title}` : (title ?? "")));
  const words = named.filter((line) => line !== "");
  const type = answer.data.type ?? problems[0]?.type ?? "";
  return {
    slug: type.slice(type.lastIndexOf("/") + 1),
    words: toOneLine(words.length > 0 ? words.join(" ") : (answer.data.title ?? "")),
  };
}

/**
 * The error for an answer that is not 2xx; its message says what to do. Codes by the reference
 * (https://docs.api.video/reference/general-errors): 401, 403, 404, 429 and 5xx each have their own,
 * `webhook-limit-reached` is `registration.limit`, any other 4xx is `api.rejected`.
 */
export function toApiError(answer: HttpAnswer, { environment, apiKey }: ErrorContext): AppError {
  const { slug, words } = readRefusal(answer.text);
  const said = words === "" ? `status ${answer.status}` : withoutCredentials(words, apiKey).slice(0, MAX_QUOTED_CHARS);
  const details = { status: answer.status };
  if (isLimitReached(slug, words)) return limitReached();
  if (answer.status === 401 || slug === "authentication-invalid-user-credentials") return unauthorized(environment);
  if (answer.status === 403) {
    return new AppError(
      "api.forbidden",
      `api.video does not allow this for ${environment} (${said}). See at https://dashboard.api.video whether the account is suspended and what the key may do.`,
      { details },
    );
  }
  if (answer.status === 404) {
    return new AppError(
      "api.not_found",
      `api.video does not know what was asked for (${said}). It may have been deleted; if everything is missing, check the API base URL in Settings.`,
      { details },
    );
  }
  if (answer.status === 429) return rateLimited(answer.headers);
  if (answer.status >= 500) {
    return new AppError("api.unavailable", `api.video is not able to answer now (${said}). Try again in a minute.`, {
      retryable: true,
      details,
    });
  }
  if (answer.status >= 400) {
    return new AppError("api.rejected", `api.video did not accept this: ${said}`, { details });
  }
  return new AppError("api.unexpected_response", `api.video gave an answer with ${said}, which no call of it has.`, {
    details,
  });
}

/** Also for a key that cannot even be sent, like one with a line break in it. */
export function unauthorized(environment: string): AppError {
  const isOfficial = environment === "sandbox" || environment === "production";
  const advice = isOfficial
    ? `Sandbox and production have different keys: copy the one for ${environment} from https://dashboard.api.video/project-settings/api-keys and set it in Settings.`
    : "Set the key that belongs to this API base URL in Settings.";
  return new AppError("api.unauthorized", `api.video refuses this key for ${environment}. ${advice}`, {
    details: { environment },
  });
}

function limitReached(): AppError {
  return new AppError(
    "registration.limit",
    "This account already has its ten webhooks. Remove one in the Webhooks area that is not needed any more, then try again.",
  );
}

function rateLimited(headers: HttpAnswer["headers"]): AppError {
  const seconds = secondsOf(headers["x-ratelimit-retry-after"] ?? headers["retry-after"]);
  return new AppError("api.rate_limited", `api.video asks to slow down. Try again in ${seconds} s.`, {
    retryable: true,
    details: { retryAfterSeconds: seconds },
  });
}

function secondsOf(value: unknown): number {
  const seconds = typeof value === "string" ? Number.parseInt(value, 10) : Number.NaN;
  return seconds >= 0 && seconds <= 24 * 3600 ? seconds : RATE_WINDOW_SECONDS;
}

/** The slug is what the reference defines; the words are for servers that send older or shorter bodies. */
function isLimitReached(slug: string, words: string): boolean {
  return slug === "webhook-limit-reached" || words.includes("reached the webhook urls limit");
}

/** Control characters could forge lines in a log or a terminal. */
function toOneLine(words: string): string {
  return words.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
}

/** A server may repeat what it was sent ("invalid key abc"). */
function withoutCredentials(words: string, apiKey: string): string {
  const basic = Buffer.from(`${apiKey}:`).toString("base64");
  const texts = [apiKey, basic].filter((text) => text !== "");
  return texts
    .reduce((rest, text) => rest.replaceAll(text, "(your key)"), words)
    .replace(/\bBearer\s+\S+/gi, "Bearer (your token)");
}
