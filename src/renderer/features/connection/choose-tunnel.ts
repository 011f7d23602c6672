import { TUNNEL_TRAITS } from "#shared/domain/tunnel-traits.ts";
import type { App } from "../../app-context.ts";

/** The kinds of tunnel that are chosen by name alone, in the order in which they are offered. */
export const TUNNELS_BY_NAME = [
  TUNNEL_TRAITS.localtunnel,
  TUNNEL_TRAITS.cloudflared,
  TUNNEL_TRAITS.ngrok,
  TUNNEL_TRAITS.pinggy,
  TUNNEL_TRAITS["localhost.run"],
];

/** Saves which tunnel is to be used. What goes with one kind (a relay, a host name) means nothing to another. */
export async function chooseTunnel(app: App, name: string): Promise<void> {
  const before = app.store.getState().mirror?.settings.values.tunnel;
  const isOther = before !== "none" && name !== "none";
  await app.saveSettings({ tunnel: name, ...(isOther && { tunnelHost: null }) });
}
