import { Cable, SlidersHorizontal } from "lucide-react";
import type { AppState } from "../../state/app-state.ts";
import { isEngineGone } from "../../state/selectors.ts";
import { chooseTunnel, TUNNELS_BY_NAME } from "../connection/choose-tunnel.ts";
import { goToSetting } from "../settings/go-to-setting.ts";
import { isOnThisHost } from "../settings/search-settings.ts";
import { SECTIONS } from "../settings/setting-entry.ts";
import { SETTING_TABLE } from "../settings/setting-table.ts";
import { isFixedSource } from "../settings/use-setting.ts";
import type { Entry } from "./entries.ts";

/** Every kind of tunnel but the one in use, unless a flag or variable decides. */
export function tunnelEntries(state: AppState): readonly Entry[] {
  const { mirror } = state;
  if (mirror === null || isEngineGone(state) || isFixedSource(mirror.settings.sources["tunnel"])) return [];
  return ["none", ...TUNNELS_BY_NAME.map(({ name }) => name)]
    .filter((name) => name !== mirror.settings.values.tunnel)
    .map((name) => ({
      id: `tunnel ${name}`,
      label: `Use tunnel: ${name}`,
      keywords: "connection provider public url switch choose",
      keys: null,
      icon: Cable,
      run: (app) => app.attempt(() => chooseTunnel(app, name)),
    }));
}

/** A way to every setting; what is an action of its own is found as that. */
export function settingEntries({ mirror }: AppState): readonly Entry[] {
  if (mirror === null) return [];
  return SETTING_TABLE.filter((entry) => entry.isAction !== true && isOnThisHost(entry, mirror.launch)).map(
    (entry) => ({
      id: `setting ${entry.id}`,
      label: `Settings: ${entry.title}`,
      keywords: `${SECTIONS.find(({ id }) => id === entry.section)?.title} ${entry.words ?? ""}`,
      keys: null,
      icon: SlidersHorizontal,
      run: (app) => goToSetting(app, entry.id),
    }),
  );
}
