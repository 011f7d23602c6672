import { isDeepStrictEqual } from "node:util";
import type { SettingsView } from "#shared/contract/snapshot.ts";
import { PROFILE_SETTING_NAMES, type Profile } from "#shared/domain/profile.ts";
import type { Settings, SettingsChange } from "#shared/domain/settings.ts";
import { AppError } from "#shared/errors.ts";
import type { Connection } from "../connection.ts";
import type { EventBus } from "../event-bus.ts";
import type { ForwardingArea } from "../forwarding.ts";
import type { Recheck } from "../recheck.ts";
import type { Handlers } from "../router.ts";
import type { KeyRing, Secrets } from "../secrets/secrets.ts";
import type { SettingsArea } from "../settings/settings.ts";

/** By their ids, with their keys. */
export type RemovedProfiles = Map<string, { readonly profile: Profile; readonly keys: KeyRing }>;

/**
 * Profiles are settings with keys beside them, which rest with the secrets. A key never outlives its profile: it comes
 * after it and goes before it, so that a crash in between leaves a profile without a key at worst.
 */
export function profileHandlers(deps: {
  settings: SettingsArea;
  secrets: Secrets;
  connection: Connection;
  forwarding: ForwardingArea;
  recheck: Recheck;
  events: EventBus;
  randomId(bytes: number): string;
  /** For whoever wants one back; until the app ends. */
  removed: RemovedProfiles;
}): Pick<Handlers, "profiles.list" | "profiles.save" | "profiles.use" | "profiles.remove" | "profiles.restore"> {
  const { settings, secrets, connection, forwarding, recheck, events, removed } = deps;

  function list() {
    const { profiles, profile: activeId } = settings.view();
    return profiles.map((profile) => ({
      ...profile,
      isInUse: profile.id === activeId,
      apiKeys: Object.keys(secrets.apiKeys(profile.id)),
    }));
  }

  function known(id: string): Profile {
    const profile = settings.view().profiles.find((candidate) => candidate.id === id);
    if (profile !== undefined) return profile;
    throw new AppError("input.invalid", "This profile is not there any more.", { details: { path: "id" } });
  }

  function published(view: SettingsView): SettingsView {
    events.publish("settings.changed", view);
    return view;
  }

  return {
    "profiles.list": () => ({ profiles: list() }),
    async "profiles.save"({ id, name, from }) {
      if (id !== undefined) {
        published(await settings.keepProfile({ ...known(id), name }));
        return { id };
      }
      const origin = known(from ?? settings.profileId);
      const made = { ...origin, id: deps.randomId(8), name };
      const view = await settings.keepProfile(made);
      await secrets.keepApiKeys(made.id, secrets.apiKeys(origin.id));
      published(view);
      return { id: made.id };
    },
    async "profiles.use"({ id }) {
      const before = settings.values;
      const view = await settings.switchTo(id);
      published(view);
      recheck.forget();
      forwarding.follow();
      await connection.followProfile(changeBetween(before, view.values));
      return { settings: view, overruled: overruledIn(view, known(id)) };
    },
    async "profiles.remove"({ id }) {
      const profile = known(id);
      const keys = secrets.apiKeys(id);
      const { erasures } = secrets;
      removed.set(id, { profile, keys });
      try {
        if (id !== settings.profileId) await secrets.keepApiKeys(id, {});
        published(await settings.removeProfile(id));
      } catch (error) {
        const isThere = settings.view().profiles.some((candidate) => candidate.id === id);
        if (isThere) removed.delete(id);
        // What went wrong first is what is told; in force they are again in any case.
        await secrets.keepApiKeys(id, keys, erasures).catch(() => undefined);
        throw error;
      }
      return {};
    },
    async "profiles.restore"({ id }) {
      const gone = removed.get(id);
      if (gone === undefined) throw new AppError("input.invalid", "This profile cannot be brought back any more.");
      const view = await settings.keepProfile(gone.profile);
      await secrets.keepApiKeys(id, gone.keys);
      removed.delete(id);
      published(view);
      return {};
    },
  };
}

function changeBetween(before: Settings, after: Settings): SettingsChange {
  const names = PROFILE_SETTING_NAMES.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return Object.fromEntries(names.map((name) => [name, after[name]]));
}

/** What the profile wants otherwise than a flag or variable says. */
function overruledIn({ values, sources }: SettingsView, { settings }: Profile): string[] {
  return PROFILE_SETTING_NAMES.filter((name) => {
    const isFixed = sources[name] === "flag" || sources[name] === "variable";
    return isFixed && settings[name] !== undefined && !isDeepStrictEqual(settings[name], values[name]);
  });
}
