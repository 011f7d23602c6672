import type { SettingsView } from "#shared/contract/snapshot.ts";
import { PROFILE_SETTING_NAMES, type Profile, type ProfileSettings } from "#shared/domain/profile.ts";
import { DEFAULT_SETTINGS, type SettingSource, Settings, type SettingsChange } from "#shared/domain/settings.ts";
import { AppError } from "#shared/errors.ts";
import type { Log } from "../lib/log.ts";
import {
  FIRST_BOOK,
  findProfile,
  type ProfileBook,
  readBook,
  toSaved,
  withoutProfile,
  withProfile,
} from "./profiles.ts";

export interface SettingsDeps {
  /** Where the saved ones rest, as one JSON text. */
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
  readonly flags: Partial<Settings>;
  readonly variables: Partial<Settings>;
  readonly log: Log;
}

/** Flag beats variable beats saved setting beats default. What is saved belongs to the profile in use. */
export interface SettingsArea {
  /** What is in force. */
  readonly values: Settings;
  readonly profileId: string;
  view(): SettingsView;
  /** Saves a change. Throws AppError `input.invalid` for what a flag or variable decides. */
  update(change: SettingsChange): Promise<SettingsView>;
  /** Forgets what was saved under these names. */
  reset(names: readonly (keyof Settings)[]): Promise<SettingsView>;
  /** All as at the first start: no profiles, nothing saved. */
  resetAll(): Promise<SettingsView>;
  /** Keeps a profile: a new one, or one in place of the one with its id. Throws AppError `input.invalid`. */
  keepProfile(profile: Profile): Promise<SettingsView>;
  /** Throws AppError `input.invalid` where it is in use or not there. */
  removeProfile(id: string): Promise<SettingsView>;
  /** What is saved is kept in the profile that was in use, and what this one has comes in its place. */
  switchTo(id: string): Promise<SettingsView>;
}

const SAVED = Settings.partial();

export async function openSettings({ load, save, flags, variables, log }: SettingsDeps): Promise<SettingsArea> {
  let { saved, book } = readSaved(await load(), log);
  let values = merge();

  function merge(): Settings {
    return { ...DEFAULT_SETTINGS, ...saved, ...variables, ...flags };
  }

  function sourceOf(name: keyof Settings): SettingSource {
    if (flags[name] !== undefined) return "flag";
    if (variables[name] !== undefined) return "variable";
    return saved[name] !== undefined ? "saved" : "default";
  }

  /** With the one in use as it is now. */
  function currentBook(): ProfileBook {
    const profiles = book.profiles.map((profile) =>
      profile.id === book.activeId ? { ...profile, settings: ofProfile(saved) } : profile,
    );
    return { ...book, profiles };
  }

  function view(): SettingsView {
    // DEFAULT_SETTINGS has every name of Settings.
    const names = Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[];
    const sources = Object.fromEntries(names.map((name) => [name, sourceOf(name)]));
    return { values, sources, profiles: [...currentBook().profiles], profile: book.activeId };
  }

  /** Settings and profiles are one text, so that a crash leaves both as they were or as they are to be. */
  async function keep(nextSaved: Partial<Settings>, nextBook: ProfileBook): Promise<SettingsView> {
    saved = nextSaved;
    book = nextBook;
    values = merge();
    await save(JSON.stringify({ ...saved, ...toSaved(currentBook()) }));
    return view();
  }

  return {
    get values() {
      return values;
    },
    get profileId() {
      return book.activeId;
    },
    view,
    async update(change) {
      for (const name of Object.keys(change) as (keyof Settings)[]) {
        const source = sourceOf(name);
        if (change[name] === undefined) continue;
        if ((source === "flag" || source === "variable") && !isSame(change[name], values[name])) {
          throw new AppError(
            "input.invalid",
            `${name} was set by a ${source} when the app was started, and stays so until it ends.`,
            {
              details: { path: name },
            },
          );
        }
      }
      return keep({ ...saved, ...withoutUndefined(change) }, book);
    },
    reset: async (names) => keep(without(saved, names), book),
    resetAll: async () => keep({}, FIRST_BOOK),
    keepProfile: async (profile) => keep(saved, withProfile(currentBook(), profile)),
    removeProfile: async (id) => keep(saved, withoutProfile(currentBook(), id)),
    async switchTo(id) {
      const { profiles } = currentBook();
      const { settings } = findProfile(profiles, id);
      const others = without(saved, PROFILE_SETTING_NAMES);
      return keep({ ...others, ...withoutUndefined(settings) }, { profiles, activeId: id });
    },
  };
}

/** Settings of another version or a damaged text: what is not understood falls back to its default. */
function readSaved(text: string | null, log: Log): { saved: Partial<Settings>; book: ProfileBook } {
  const nothing = { saved: {}, book: FIRST_BOOK };
  if (text === null) return nothing;
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== "object" || json === null) return nothing;
    const valid = Object.entries(json).filter(([name, value]) => SAVED.safeParse({ [name]: value }).success);
    return { saved: withoutUndefined(SAVED.parse(Object.fromEntries(valid))), book: readBook(json) };
  } catch (error) {
    log.error("settings.unreadable", error);
    return nothing;
  }
}

function ofProfile(saved: Partial<Settings>): ProfileSettings {
  const names: readonly string[] = PROFILE_SETTING_NAMES;
  return Object.fromEntries(Object.entries(saved).filter(([name]) => names.includes(name)));
}

function without(saved: Partial<Settings>, names: readonly string[]): Partial<Settings> {
  return Object.fromEntries(Object.entries(saved).filter(([name]) => !names.includes(name)));
}

function withoutUndefined(settings: SettingsChange): Partial<Settings> {
  // What is left has no undefined in it, which is what Partial means under exactOptionalPropertyTypes.
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<Settings>;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
