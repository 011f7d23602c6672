import type { TunnelFault } from "#shared/domain/tunnel.ts";

/** A way to a public URL. Each is made for one choice of the user's and knows nothing of retries: those are the supervisor's. */
export interface TunnelProvider {
  /** What is missing before it can be opened, in words for the user; null where nothing is. Never throws. */
  check(): Promise<TunnelFault | null>;
  /**
   * Opens a session that leads to 127.0.0.1:`port` and to nothing else. Never rejects for what the world did. When
   * `signal` aborts, it ends all it has begun and fails. Once open, `notify` hears what becomes of the session.
   */
  open(port: number, signal: AbortSignal, notify: (change: SessionChange) => void): Promise<OpenedTunnel>;
  /** What accepts connections as long as the service is there; to be asked while it is not. */
  readonly relay?: { readonly host: string; readonly port: number };
}

export type SessionChange =
  /** `isFinal`: this session never recovers; otherwise its client is busy mending it. */
  | { readonly kind: "down"; readonly fault: TunnelFault; readonly isFinal: boolean }
  /** Mended; the URL may have changed. */
  | { readonly kind: "up"; readonly url: string };

/** A tunnel that is open. Disposing it frees sockets, threads and child processes; nothing is notified after that. */
export interface TunnelSession extends AsyncDisposable {
  /** The public URL, without a slash at the end. */
  readonly url: string;
  /** True where we got another name than the one we asked for, so that the URL is a new one. */
  readonly isRenamed: boolean;
}

export type OpenedTunnel =
  | { readonly kind: "open"; readonly session: TunnelSession }
  | { readonly kind: "failed"; readonly fault: TunnelFault };

export function failed(fault: TunnelFault): OpenedTunnel {
  return { kind: "failed", fault };
}
