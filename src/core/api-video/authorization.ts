import { AppError } from "#shared/errors.ts";
import type { HttpAnswer, HttpCall } from "../lib/http-call.ts";
import { type AccessToken, readAccessToken } from "./api-answers.ts";
import { type ErrorContext, readRefusal, toApiError, unauthorized } from "./api-errors.ts";

/** A token is renewed this long before it ends, so that it does not end while a call is on its way. */
const RENEW_EARLIER_MS = 60_000;

/** What goes into the Authorization header of each call. */
export interface Authorization {
  /** Throws AppError `api.unauthorized` where the key is refused, and what `post` throws. */
  header(): Promise<string>;
  /** Call it after a 401 to `header`; true where another try with a new header makes sense. */
  renew(header: string): boolean;
}

export interface AuthorizationDeps extends ErrorContext {
  now(): number;
  /** Posts JSON to a path of the API, without credentials in the header. */
  post(path: string, json: NonNullable<HttpCall["json"]>): Promise<HttpAnswer>;
}

/** The key as the user name, with an empty password (https://docs.api.video/reference/basic-authentication). */
export function createBasicAuthorization({ apiKey }: Pick<AuthorizationDeps, "apiKey">): Authorization {
  const header = `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}`;
  return { header: async () => header, renew: () => false };
}

/**
 * The key exchanged for a token of an hour (https://docs.api.video/reference/disposable-bearer-token-authentication),
 * renewed with the newest refresh token. Servers that are written after a widely read tutorial know no exchange and
 * take the key itself as the token.
 */
export function createBearerAuthorization(deps: AuthorizationDeps): Authorization {
  let session: Session | null = null;
  let pending: Promise<Session> | null = null;

  async function open(): Promise<Session> {
    const refreshToken = session?.refreshToken ?? null;
    // Whatever comes of it, this refresh token is used up.
    session = null;
    session = (refreshToken === null ? null : await refresh(deps, refreshToken)) ?? (await exchangeKey(deps));
    return session;
  }

  async function current(): Promise<Session> {
    if (session !== null && deps.now() < session.renewAt) return session;
    // Calls at the same time share one exchange: a second one would spend the same refresh token twice.
    pending ??= open().finally(() => {
      pending = null;
    });
    return pending;
  }

  return {
    header: async () => `Bearer ${(await current()).token}`,
    renew(header) {
      // Where another call has renewed the token meanwhile, the new one is to be used as it is.
      if (session === null || header !== `Bearer ${session.token}`) return true;
      if (session.isKeyItself) return false;
      session = { ...session, renewAt: 0 };
      return true;
    },
  };
}

interface Session {
  readonly token: string;
  readonly refreshToken: string | null;
  readonly renewAt: number;
  readonly isKeyItself: boolean;
}

/** Null where the server does not take the refresh token any more: the key opens a new session then. */
async function refresh(deps: AuthorizationDeps, refreshToken: string): Promise<Session | null> {
  const answer = await deps.post("/auth/refresh", { refreshToken });
  if (answer.status >= 200 && answer.status < 300) return toSession(readAccessToken(answer.text), deps.now());
  if (answer.status === 429 || answer.status >= 500) throw toApiError(answer, deps);
  return null;
}

async function exchangeKey(deps: AuthorizationDeps): Promise<Session> {
  const answer = await deps.post("/auth/api-key", { apiKey: deps.apiKey });
  if (answer.status >= 200 && answer.status < 300) return toSession(readAccessToken(answer.text), deps.now());
  if (knowsNoExchange(answer)) return keyItself(deps);
  throw toApiError(answer, deps);
}

/**
 * No such path or method; or a 401 without api.video's words, from a server that asks for the Bearer header before it
 * looks at the path.
 */
function knowsNoExchange({ status, text }: HttpAnswer): boolean {
  return status === 404 || status === 405 || (status === 401 && !readRefusal(text).slug.startsWith("authentication-"));
}

function keyItself({ apiKey, environment }: AuthorizationDeps): Session {
  // fetch would throw an error that quotes the whole header.
  if (!isHeaderText(apiKey)) throw unauthorized(environment);
  return { token: apiKey, refreshToken: null, renewAt: Number.POSITIVE_INFINITY, isKeyItself: true };
}

function toSession({ accessToken, refreshToken, expiresInMs }: AccessToken, now: number): Session {
  if (!isHeaderText(accessToken)) {
    throw new AppError(
      "api.unexpected_response",
      "The access token has characters that no token has. Check the API base URL.",
    );
  }
  // A token of less than two minutes is renewed halfway.
  const renewAt = now + Math.max(expiresInMs - RENEW_EARLIER_MS, expiresInMs / 2);
  return { token: accessToken, refreshToken, renewAt, isKeyItself: false };
}

function isHeaderText(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
