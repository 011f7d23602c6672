import type { TunnelFault } from "#shared/domain/tunnel.ts";

/** What Cloudflare's limit asks for is not told; its ban by rate lasts at least a minute (error 1015). */
const RATE_LIMIT_MS = 60_000;

/** Log lines that say nothing about an end: progress, and what follows from our own arguments. */
const IS_CHATTER = /^\S+ (?:INF|DBG) |^See 'cloudflared |Configuration file .* was empty|^\(?no certificate/;
const NETWORK =
  /no such host|dial tcp|i\/o timeout|connection (?:refused|reset)|network is unreachable|TLS handshake|failed to dial|unable to reach/i;
const RATE_LIMIT = /429 Too Many|too many requests|error code: 1015|\bstatus(?:_code)?[ ="]*429\b/i;
const AUTH = /token is not valid|Unauthorized|invalid tunnel (?:secret|token)|Tunnel not found/i;
const USAGE = /Incorrect Usage|flag provided but not defined/i;

/** The fault of a cloudflared that ended by itself. */
export function endedFault(lines: readonly string[]): TunnelFault {
  return fault(lines, "cloudflared ended");
}

/** The fault of an open that ran out of time, while cloudflared is still at it. */
export function unreadyFault(lines: readonly string[]): TunnelFault {
  return fault(lines, "cloudflared is not connected in time");
}

/** It keeps trying, and tells when it succeeded. */
export function disconnectedFault(): TunnelFault {
  const message =
    "cloudflared lost its connections to Cloudflare and is making new ones. Check the network if it lasts.";
  return { kind: "network", message, retryable: true };
}

function fault(lines: readonly string[], what: string): TunnelFault {
  const said = lines.filter((line) => !IS_CHATTER.test(line));
  const all = said.join("\n");
  const last = said.at(-1)?.replace(/^\S+Z (?:ERR|WRN|FTL) /, "");
  const event = last === undefined ? `${what}.` : `${what}: “${last}”.`;
  if (RATE_LIMIT.test(all)) {
    const message =
      "Cloudflare gives no more quick tunnels to this network for now (429). A named tunnel has no such limit.";
    return { kind: "rate-limit", message, retryable: true, retryAfterMs: RATE_LIMIT_MS };
  }
  if (AUTH.test(all)) {
    return { kind: "auth", message: `${event} Copy the tunnel's token into TUNNEL_TOKEN again.`, retryable: false };
  }
  if (USAGE.test(all)) {
    return { kind: "config", message: `${event} Update cloudflared.`, retryable: false };
  }
  if (/address already in use/i.test(all)) {
    return { kind: "unknown", message: event, retryable: true };
  }
  if (NETWORK.test(all)) {
    const message = `${event} Check the network: it needs to reach Cloudflare at port 443 and port 7844.`;
    return { kind: "network", message, retryable: true };
  }
  return { kind: "relay", message: event, retryable: true };
}
