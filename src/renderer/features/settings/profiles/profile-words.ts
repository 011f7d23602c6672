import type { Profile } from "#shared/domain/profile.ts";
import { DEFAULT_SETTINGS } from "#shared/domain/settings.ts";
import { formatHost, formatPlural } from "../../../theme/format.ts";

/** What a profile leads to, in a line: `sandbox · localtunnel · localhost:3000`. */
export function profileWords({ settings }: Profile): string {
  const { api, tunnel, forwardTo, routes = [] } = { ...DEFAULT_SETTINGS, ...settings };
  const place = forwardTo == null ? "forwarded nowhere" : `to ${formatHost(forwardTo)}`;
  const target = routes.length === 0 ? place : `by ${formatPlural(routes.length, "route")}`;
  return [formatHost(api ?? ""), tunnel === "none" ? "no tunnel" : formatHost(tunnel ?? ""), target].join(" · ");
}
