import * as z from "zod";

export const TunnelProviderId = z.enum(["none", "localtunnel", "manual"]);
export type TunnelProviderId = z.infer<typeof TunnelProviderId>;

export const TunnelPhase = z.enum(["idle", "opening", "open", "degraded", "reconnecting", "closed"]);
export type TunnelPhase = z.infer<typeof TunnelPhase>;

/** Why a tunnel is not open, in words for the user. */
export const TunnelFault = z.object({
  kind: z.enum(["config", "auth", "rate-limit", "name-taken", "network", "relay", "expired", "local", "unknown"]),
  message: z.string(),
  retryable: z.boolean(),
});
export type TunnelFault = z.infer<typeof TunnelFault>;

export const TunnelState = z.object({
  provider: TunnelProviderId,
  phase: TunnelPhase,
  url: z.string().nullable(),
  fault: TunnelFault.optional(),
});
export type TunnelState = z.infer<typeof TunnelState>;

/**
 * What the user chose: `none`, `localtunnel`, or their own public URL. The text form is that of `--tunnel`.
 */
export type TunnelChoice = { provider: "none" } | { provider: "localtunnel" } | { provider: "manual"; url: string };

/** Reads the text of `--tunnel`; null where it is none of the known forms. http is for loopback only. */
export function parseTunnelChoice(text: string): TunnelChoice | null {
  if (text === "none" || text === "localtunnel") return { provider: text };
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return null;
  const isAllowed = url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname));
  return isAllowed ? { provider: "manual", url: url.href.replace(/\/$/, "") } : null;
}

/** True for the names and addresses that mean this machine: localhost, *.localhost, 127.0.0.0/8, ::1. Brackets allowed. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  return host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
