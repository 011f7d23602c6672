import type { TunnelState } from "#shared/domain/tunnel.ts";

/** What opening a tunnel by hand does while it is lost: for a taken name, it gives the name up. */
export function openWords({ fault }: TunnelState): string {
  return fault?.kind === "name-taken" ? "Take a new URL" : "Try now";
}
