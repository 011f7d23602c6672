import type { TunnelProvider } from "./provider.ts";

/** A public URL that the user leads here by means of their own: nothing to open, and nothing to close. */
export function createManual(url: string): TunnelProvider {
  return {
    check: async () => null,
    open: async () => ({ kind: "open", session: { url, isRenamed: false, [Symbol.asyncDispose]: async () => {} } }),
  };
}
