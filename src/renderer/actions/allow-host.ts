import { isAllowedHost } from "#shared/domain/allowed-host.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { isLoopbackHost } from "#shared/domain/tunnel.ts";
import { plainHost } from "#shared/domain/url-address.ts";
import type { App } from "../app-context.ts";
import type { AppState } from "../state/app-state.ts";

/** The host that deliveries are to be forwarded to and that has yet to be allowed; null where nothing is in the way. */
export function hostToAllow({ mirror }: AppState): string | null {
  const { forwardTo, allowedTargets } = mirror?.settings.values ?? {};
  return forwardTo == null ? null : hostNotAllowed(forwardTo, allowedTargets ?? []);
}

/** The host of a target that has yet to be allowed; null where it is this machine, or allowed. */
export function hostNotAllowed(url: string, allowed: readonly string[]): string | null {
  const target = parseTarget(url);
  if (target === null) return null;
  const { hostname } = target;
  return isLoopbackHost(hostname) || isAllowedHost(target, allowed) ? null : plainHost(hostname);
}

/** Lets deliveries be sent to a host besides this machine. */
export async function allowHost(app: App, host: string): Promise<void> {
  const allowed = app.store.getState().mirror?.settings.values.allowedTargets ?? [];
  await app.saveSettings({ allowedTargets: [...allowed, host] });
  app.toast(`Deliveries may be sent to ${host} now.`);
}
