import * as z from "zod";
import { isHttpsOrLocal, isSshHost, isSshName, type SshPreset, type TunnelChoice } from "#shared/domain/tunnel.ts";
import { parseJson } from "./parse-json.ts";

export type SshChoice = Extract<TunnelChoice, { provider: "ssh" }>;

/** The port on the loopback of the user's own server that leads here: what the server's reverse proxy sends to. */
export const OWN_REMOTE_PORT = 8720;

/** How a server is asked for a tunnel, and how one learns where the tunnel is. */
export interface SshService {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  /** The server's end of the tunnel, for -R. */
  readonly remote: string;
  /** Arguments of its own, before the host, and what to run there. */
  readonly options: readonly string[];
  readonly command: readonly string[];
  /** True for a service for anybody, which is nobody the user's own ssh configuration and keys were made for. */
  readonly isPublic: boolean;
  /** On the server, where it tells its URLs over HTTP; null where its output tells them. */
  readonly urlsPort: number | null;
  /** The public URL, where a line of the output tells it. */
  readUrl(line: string): string | null;
}

const PRESETS = {
  // https://pinggy.io/docs/api/web_debugger_api/: the debugger tells the URLs. -T: without a terminal it prints plainly.
  pinggy: {
    host: "a.pinggy.io",
    port: 443,
    user: null,
    remote: "0",
    options: ["-T"],
    command: [],
    isPublic: true,
    urlsPort: 4300,
    readUrl: () => null,
  },
  // https://localhost.run/docs/cli: "nokey" takes anybody, and the output is one event in JSON a line.
  "localhost.run": {
    host: "localhost.run",
    port: 22,
    user: "nokey",
    remote: "80",
    options: ["-T"],
    command: ["--output", "json"],
    isPublic: true,
    urlsPort: null,
    readUrl: readForwardEvent,
  },
} as const satisfies Record<SshPreset, SshService>;

/** undefined where a part of the choice could be taken for an option of ssh. */
export function toService(choice: SshChoice, publicUrl: string): SshService | undefined {
  if ("preset" in choice) return PRESETS[choice.preset];
  const { host, port, user } = choice;
  if (!isSshHost(host) || (user !== null && !isSshName(user))) return undefined;
  return {
    host,
    port,
    user,
    remote: String(OWN_REMOTE_PORT),
    // An ssh without a command says only in its debug output that the server agreed to the tunnel.
    options: ["-N", "-T", "-o", "LogLevel=DEBUG1", "-o", "RemoteCommand=none"],
    command: [],
    isPublic: false,
    urlsPort: null,
    readUrl: (line) => (line.startsWith("debug1: remote forward success for: ") ? publicUrl : null),
  };
}

/** https, or http on this machine; without a slash at the end. null where it is neither. */
export function parsePublicUrl(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || `${url.username}${url.password}${url.search}${url.hash}` !== "") return null;
  return isHttpsOrLocal(url) ? url.href.replace(/\/+$/, "") : null;
}

const ForwardEvent = z.object({ event: z.literal("tcpip-forward"), address: z.hostname() });

/** Both forms: {"event":"tcpip-forward","address":"x.lhr.life",…} and "x.lhr.life tunneled with tls termination, …". */
function readForwardEvent(line: string): string | null {
  const parsed = ForwardEvent.safeParse(line.startsWith("{") ? parseJson(line) : undefined);
  const host = parsed.success
    ? parsed.data.address
    : /^([a-z0-9-]+(?:\.[a-z0-9-]+)+) tunneled with tls termination/.exec(line)?.[1];
  return host === undefined || host === "localhost.run" ? null : `https://${host}`;
}
