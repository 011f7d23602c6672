import type { TunnelFault } from "#shared/domain/tunnel.ts";

/** A tunnel that is open. Disposing it frees all it holds; `down` then never resolves. */
export interface TunnelSession extends AsyncDisposable {
  /** The public URL, without a slash at the end. */
  readonly url: string;
  /** True where the relay gave us another name than the one we asked for, so that the URL is a new one. */
  readonly isRenamed: boolean;
  /** Resolves when the session is dead; it never recovers by itself. */
  readonly down: Promise<TunnelFault>;
}

export type OpenedTunnel =
  | { readonly kind: "open"; readonly session: TunnelSession }
  | { readonly kind: "failed"; readonly fault: TunnelFault };
