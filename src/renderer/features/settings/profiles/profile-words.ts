import type { Profile } from "#shared/domain/profile.ts";
import { DEFAULT_SETTINGS } from "#shared/domain/settings.ts";
import { formatHost } from "../../../theme/format.ts";

/** What a profile leads to, in a line: `sandbox · localtunnel · localhost:3000`. */
export function profileWords({ settings }: Profile): string {
  const { api, tunnel, forwardTo } = { ...DEFAULT_SETTINGS, ...settings };
  const target = forwardTo == null ? "forwarded nowhere" : `to ${formatHost(forwardTo)}`;
  return [formatHost(api ?? ""), tunnel === "none" ? "no tunnel" : formatHost(tunnel ?? ""), target].join(" · ");
}
