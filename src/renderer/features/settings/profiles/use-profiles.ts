import type { Profile } from "#shared/domain/profile.ts";
import { SETTING_FLAGS, type Settings } from "#shared/domain/settings.ts";
import { type App, useApp, useAppState } from "../../../app-context.ts";

const NONE: readonly Profile[] = [];

/** The profiles, which one is in use, and how to switch. */
export function useProfiles(): {
  profiles: readonly Profile[];
  activeId: string | null;
  use: (profile: Profile) => Promise<void>;
} {
  const app = useApp();
  const profiles = useAppState(({ mirror }) => mirror?.settings.profiles ?? NONE);
  const activeId = useAppState(({ mirror }) => mirror?.settings.profile ?? null);
  return { profiles, activeId, use: (profile) => switchProfile(app, profile) };
}

/** Says what flags and variables hold back: the profile is in use, and something of it is not. */
async function switchProfile(app: App, { id, name }: Profile): Promise<void> {
  const { overruled, settings } = await app.client.call("profiles.use", { id });
  const deciding = overruled.flatMap((setting) => {
    const source = settings.sources[setting];
    // The engine names settings of Settings here.
    const ways = SETTING_FLAGS[setting as keyof Settings];
    return (source === "flag" ? ways?.flag : ways?.variable) ?? [];
  });
  const note = deciding.length === 0 ? "" : ` What ${deciding.join(" and ")} said at the start still decides.`;
  app.toast(`${name} is in use.${note}`);
}
