import type { Clock } from "../lib/clock.ts";
import { type Answer, invalid, ok, refused, required } from "./answer.ts";
import { type Route, route } from "./routes.ts";

const TOKEN_SECONDS = 3600;
/** More are not needed; the oldest end first. */
const MAX_SESSIONS = 100;

/** Who may call: Basic with the key, or Bearer with a token that was had for it. */
export interface Sessions {
  /** `POST /auth/api-key` and `POST /auth/refresh`. */
  readonly routes: readonly Route[];
  /** The 401 for an Authorization header that is missing or wrong; null where it is right. */
  check(header: string | undefined): Answer | null;
}

/** https://docs.api.video/reference/basic-authentication and …/disposable-bearer-token-authentication. */
export function createSessions(deps: {
  readonly apiKey: string;
  readonly clock: Clock;
  randomId(bytes: number): string;
}): Sessions {
  /** By access token. */
  const sessions = new Map<string, { readonly refreshToken: string; readonly endsAt: number }>();

  function open(): Answer {
    const endsAt = deps.clock.now() + TOKEN_SECONDS * 1000;
    const accessToken = fakeJwt(endsAt, deps.randomId(32));
    const refreshToken = deps.randomId(40);
    sessions.set(accessToken, { refreshToken, endsAt });
    for (const oldest of sessions.keys()) {
      if (sessions.size <= MAX_SESSIONS) break;
      sessions.delete(oldest);
    }
    return ok({
      token_type: "Bearer",
      expires_in: TOKEN_SECONDS,
      access_token: accessToken,
      refresh_token: refreshToken,
    });
  }

  /** A refresh token is good for once; api.video says to use the newest. */
  function close(refreshToken: string): boolean {
    for (const [accessToken, session] of sessions) {
      if (session.refreshToken === refreshToken) return sessions.delete(accessToken);
    }
    return false;
  }

  return {
    routes: [
      route(
        "POST /auth/api-key",
        ({ json: { apiKey } }) => {
          if (typeof apiKey !== "string") return invalid([required("apiKey")]);
          return apiKey === deps.apiKey ? open() : badCredentials();
        },
        { isOpen: true },
      ),
      route(
        "POST /auth/refresh",
        ({ json: { refreshToken } }) => {
          if (typeof refreshToken !== "string") return invalid([required("refreshToken")]);
          return close(refreshToken) ? open() : badCredentials();
        },
        { isOpen: true },
      ),
    ],
    check(header) {
      if (header === undefined || header === "") {
        return unauthorized("missing-authorization-header", "The Authorization header is missing.");
      }
      const [, scheme = "", value = ""] = /^(\S+) +(\S+)$/.exec(header) ?? [];
      switch (scheme.toLowerCase()) {
        case "basic":
          return Buffer.from(value, "base64").toString() === `${deps.apiKey}:`
            ? null
            : unauthorized("invalid-api-key", "The API key is invalid.");
        case "bearer":
          return deps.clock.now() < (sessions.get(value)?.endsAt ?? 0)
            ? null
            : unauthorized("invalid-access-token", "The access token is invalid.");
        default:
          return unauthorized(
            "invalid-authorization-header-value",
            "The value of the Authorization header is invalid.",
          );
      }
    },
  };
}

/** The reference's list says 401, its samples of these two calls say 400; 400 is what the samples of clients expect. */
function badCredentials(): Answer {
  const title = "The user credentials were incorrect.";
  return refused(400, { slug: "authentication-invalid-user-credentials", title, name: "" });
}

function unauthorized(slug: string, title: string): Answer {
  return refused(401, { slug: `authentication-${slug}`, title, name: "" });
}

/** Clients look at nothing in it; it has a token's form so that what handles its length and dots is tried too. */
function fakeJwt(endsAt: number, signature: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ typ: "JWT", alg: "none" })}.${part({ exp: Math.floor(endsAt / 1000) })}.${signature}`;
}
