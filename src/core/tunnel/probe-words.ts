import { isLoopbackHost, type TunnelFault } from "#shared/domain/tunnel.ts";
import { isTlsCode } from "../lib/tls-codes.ts";
import type { ProbeResult } from "./supervision.ts";

export interface Answer {
  readonly status: number;
  /** It is a web page, whatever its status. */
  readonly isPage: boolean;
  readonly retryAfterMs?: number;
}

type Failed = Extract<ProbeResult, { kind: "failed" }>;

/**
 * What it means that our public URL gave this answer instead of ours. `isOwnUrl`: the name and what answers there are the
 * user's own, not a tunnel service's.
 */
export function faultOfAnswer(answer: Answer, publicUrl: string, isOwnUrl = false): Failed {
  const { status, isPage, retryAfterMs } = answer;
  const { host } = new URL(publicUrl);
  if (status === 429) {
    return failed("gate", "rate-limit", `${host} is busy (status 429): deliveries may be turned away for a moment.`, {
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  if (isOwnUrl) return faultOfOwn(answer, host);
  if (isGate(status, isPage)) {
    return failed(
      "gate",
      "relay",
      `A page of the tunnel's service stands before ${host} (status ${status}). Browsers see it; whether api.video gets past it shows with the next delivery.`,
    );
  }
  if (status === 408) {
    return failed("relay", "relay", `${host} answered 408: the tunnel's idle connections have gone bad.`);
  }
  if (status === 404 || status >= 500) {
    return failed("relay", "relay", `${host} has lost our tunnel (status ${status}).`);
  }
  return failed(
    "stranger",
    "name-taken",
    `${host} answers, but not from here (status ${status}): somebody else has our name there.`,
  );
}

function faultOfOwn({ status, isPage }: Answer, host: string): Failed {
  if (status >= 300 && status < 400) {
    return failed(
      "gate",
      "config",
      `${host} redirects elsewhere (${status}): api.video does not follow redirects. Use the address it redirects to.`,
    );
  }
  if (isGate(status, isPage)) {
    return failed(
      "gate",
      "config",
      `${host} shows a page of its own or asks for a login (status ${status}). Whether api.video gets past it shows with the next delivery.`,
    );
  }
  const isBroken = status === 404 || status === 408 || status >= 500;
  return failed(
    isBroken ? "relay" : "stranger",
    isBroken ? "relay" : "config",
    `${host} answers ${status} instead of passing requests on to the listener. Check where the server there sends them.`,
  );
}

/** A page that stands before everything, or a login. */
function isGate(status: number, isPage: boolean): boolean {
  return status === 401 || status === 403 || status === 511 || (isPage && status < 500 && status !== 404);
}

/** What it means that our public URL could not be asked; `isOwnUrl` as above. */
export function faultOfError(error: Error, publicUrl: string, isOffline: boolean, isOwnUrl = false): Failed {
  const { host, hostname } = new URL(publicUrl);
  const code = "code" in error ? String(error.code) : error.message;
  if (isOffline && !isLoopbackHost(hostname)) {
    return failed("network", "network", "This computer is offline. The tunnel comes back with the network.");
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return failed("network", "network", `No address was found for ${host} (${code}). Check the network and the name.`);
  }
  if (code === "timeout") return failed("relay", "network", `${host} did not answer in time.`);
  if (isTlsCode(code)) {
    return failed("relay", "config", `The certificate of ${host} cannot be trusted (${code}).`);
  }
  const why = isOwnUrl ? ". Check that the server there runs." : ": the tunnel's service seems to be down.";
  return failed("relay", "network", `${host} cannot be reached (${code})${why}`);
}

function failed(at: Failed["at"], kind: TunnelFault["kind"], message: string, more: Partial<TunnelFault> = {}): Failed {
  return { kind: "failed", at, fault: { kind, message, retryable: true, ...more } };
}
