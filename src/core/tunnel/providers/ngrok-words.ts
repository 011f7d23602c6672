import type { TunnelFault } from "#shared/domain/tunnel.ts";
import { plain, withoutSecrets } from "./output-lines.ts";

export const PACKAGE = "@ngrok/ngrok";
const MAX_WORDS = 300;
/** Of ngrok's codes, those about the authtoken and the account (https://ngrok.com/docs/errors/reference). */
const AUTH_CODES = new Set([105, 106, 107, 4018]);
const SESSION_LIMIT = 108;
const ALREADY_ONLINE = 334;
/** The wait for a session to be forgotten at ngrok that ended without saying so. */
const SESSION_LIMIT_MS = 60_000;

export function missingPackage(): TunnelFault {
  const message = `The package ${PACKAGE} is not installed. Run npm install --no-save ${PACKAGE}.`;
  return { kind: "config", message, retryable: false };
}

export function missingToken(): TunnelFault {
  const message =
    "ngrok needs the authtoken of an account: copy yours from https://dashboard.ngrok.com into NGROK_AUTHTOKEN.";
  return { kind: "auth", message, retryable: false };
}

export function lostFault(): TunnelFault {
  const message = "The connection to ngrok is lost; its client is making a new one. Check the network if it lasts.";
  return { kind: "network", message, retryable: true };
}

export function timeoutFault(): TunnelFault {
  return { kind: "network", message: "ngrok gave us no tunnel in time.", retryable: true };
}

/** Its texts may quote the authtoken. */
export function toFault(error: unknown, authtoken: string): TunnelFault {
  const text = error instanceof Error ? error.message : String(error);
  const code = Number(/ERR_NGROK_(\d+)/.exec(text)?.[1]);
  const words = plain(withoutSecrets(text, [authtoken]));
  const said = `ngrok says “${words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words}”.`;
  if (Number.isNaN(code)) {
    return { kind: "network", message: `${said} Check the network.`, retryable: true };
  }
  if (AUTH_CODES.has(code)) {
    return { kind: "auth", message: `${said} Set NGROK_AUTHTOKEN to a token that is valid.`, retryable: false };
  }
  if (code === SESSION_LIMIT) {
    const message = `Your ngrok account has as many agents online as it may (ERR_NGROK_${code}). End another at https://dashboard.ngrok.com/agents.`;
    return { kind: "rate-limit", message, retryable: true, retryAfterMs: SESSION_LIMIT_MS };
  }
  if (code === ALREADY_ONLINE) {
    const message = `Your ngrok URL is in use by another agent (ERR_NGROK_${code}). End it at https://dashboard.ngrok.com/endpoints.`;
    return { kind: "name-taken", message, retryable: true };
  }
  return { kind: "relay", message: said, retryable: true };
}
