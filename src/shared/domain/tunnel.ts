import * as z from "zod";

export const TunnelProviderId = z.enum(["none", "localtunnel", "cloudflared", "ngrok", "ssh", "manual"]);
export type TunnelProviderId = z.infer<typeof TunnelProviderId>;

/**
 * `opening` includes the proof that the path works; `degraded` is open, but the last proof failed; `reconnecting` waits
 * for the next try to open.
 */
export const TunnelPhase = z.enum(["idle", "opening", "open", "degraded", "reconnecting", "closed"]);
export type TunnelPhase = z.infer<typeof TunnelPhase>;

/** What is wrong with a tunnel, in words for the user. `local` means our own listener, or this computer as a whole. */
export const TunnelFault = z.object({
  kind: z.enum(["config", "auth", "rate-limit", "name-taken", "network", "relay", "expired", "local", "unknown"]),
  message: z.string(),
  /** False where trying again cannot help: somebody has to change something first. */
  retryable: z.boolean(),
  /** How long the other side wants us to wait. */
  retryAfterMs: z.number().optional(),
});
export type TunnelFault = z.infer<typeof TunnelFault>;

/** The last time that a request of ours came in through the public URL, or a delivery did. */
export const PathProof = z.object({
  at: z.string(),
  /** There and back; null where a delivery was the proof. */
  ms: z.number().nullable(),
});
export type PathProof = z.infer<typeof PathProof>;

export const TunnelState = z.object({
  provider: TunnelProviderId,
  phase: TunnelPhase,
  /** null unless `open` or `degraded`. */
  url: z.string().nullable(),
  fault: TunnelFault.optional(),
  proof: PathProof.optional(),
  /** Since when the path is lost, and when opening it is tried next. */
  lostSince: z.string().optional(),
  retryAt: z.string().optional(),
});
export type TunnelState = z.infer<typeof TunnelState>;

/** One change of phase, kept for the user to read and copy. */
export const TunnelTransition = z.object({ at: z.string(), phase: TunnelPhase, message: z.string() });
export type TunnelTransition = z.infer<typeof TunnelTransition>;

/** Services that give a tunnel to any ssh client, by the name they are chosen with. */
export const SSH_PRESETS = ["pinggy", "localhost.run"] as const;
export type SshPreset = (typeof SSH_PRESETS)[number];

/** What the user chose. The text form is that of `--tunnel`. */
export type TunnelChoice =
  | { provider: "none" | "localtunnel" | "cloudflared" | "ngrok" }
  | { provider: "ssh"; preset: SshPreset }
  | { provider: "ssh"; user: string | null; host: string; port: number }
  | { provider: "manual"; url: string };

/** What one can write there, for whoever wrote something else. */
export const TUNNEL_FORMS =
  "Use none, localtunnel, cloudflared, ngrok, pinggy, localhost.run, ssh://user@host, or the https:// URL that already leads here.";

/** Reads the text of `--tunnel`; null where it is none of the known forms. http is for loopback only. */
export function parseTunnelChoice(text: string): TunnelChoice | null {
  if (text === "none" || text === "localtunnel" || text === "cloudflared" || text === "ngrok") {
    return { provider: text };
  }
  const preset = SSH_PRESETS.find((name) => name === text);
  if (preset !== undefined) return { provider: "ssh", preset };
  const url = URL.parse(text);
  if (url === null || url.password !== "") return null;
  if (url.protocol === "ssh:") return parseSshHost(url);
  return isHttpsOrLocal(url) && url.username === "" ? { provider: "manual", url: url.href.replace(/\/$/, "") } : null;
}

function parseSshHost({ username, hostname, port, pathname, search, hash }: URL): TunnelChoice | null {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (!isSshHost(host) || (username !== "" && !isSshName(username))) return null;
  if (`${pathname}${search}${hash}`.length > 1) return null;
  return { provider: "ssh", user: username || null, host, port: port === "" ? 22 : Number(port) };
}

/** What becomes an argument of ssh: nothing that begins like an option, or that ssh or a ProxyCommand would interpret. */
export function isSshName(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(text);
}

export function isSshHost(text: string): boolean {
  return isSshName(text) || /^[0-9a-f:]+(?:\.[0-9.]+)?$/i.test(text);
}

/** Where something of the user's may be sent: encrypted, or not further than this machine. */
export function isHttpsOrLocal(url: URL): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname));
}

/** True for the names and addresses that mean this machine: localhost, *.localhost, 127.0.0.0/8, ::1. Brackets allowed. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  return host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
