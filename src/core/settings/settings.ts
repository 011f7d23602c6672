import type { SettingsView } from "#shared/contract/snapshot.ts";
import { DEFAULT_SETTINGS, type SettingSource, Settings, type SettingsChange } from "#shared/domain/settings.ts";
import { AppError } from "#shared/errors.ts";
import type { Log } from "../lib/log.ts";

export interface SettingsDeps {
  /** Where the saved ones rest, as one JSON text. */
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
  readonly flags: Partial<Settings>;
  readonly variables: Partial<Settings>;
  readonly log: Log;
}

/** Flag beats variable beats saved setting beats default. */
export interface SettingsArea {
  /** What is in force. */
  readonly values: Settings;
  view(): SettingsView;
  /** Saves a change. Throws AppError `input.invalid` for what a flag or variable decides. */
  update(change: SettingsChange): Promise<SettingsView>;
}

const SAVED = Settings.partial();

export async function openSettings({ load, save, flags, variables, log }: SettingsDeps): Promise<SettingsArea> {
  let saved = readSaved(await load(), log);
  let values = merge();

  function merge(): Settings {
    return { ...DEFAULT_SETTINGS, ...saved, ...variables, ...flags };
  }

  function sourceOf(name: keyof Settings): SettingSource {
    if (flags[name] !== undefined) return "flag";
    if (variables[name] !== undefined) return "variable";
    return saved[name] !== undefined ? "saved" : "default";
  }

  function view(): SettingsView {
    // DEFAULT_SETTINGS has every name of Settings.
    const names = Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[];
    return { values, sources: Object.fromEntries(names.map((name) => [name, sourceOf(name)])) };
  }

  return {
    get values() {
      return values;
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
      saved = { ...saved, ...withoutUndefined(change) };
      values = merge();
      await save(JSON.stringify(saved));
      return view();
    },
  };
}

/** Settings of another version or a damaged text: what is not understood falls back to its default. */
function readSaved(text: string | null, log: Log): Partial<Settings> {
  if (text === null) return {};
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== "object" || json === null) return {};
    const valid = Object.entries(json).filter(([name, value]) => SAVED.safeParse({ [name]: value }).success);
    return withoutUndefined(SAVED.parse(Object.fromEntries(valid)));
  } catch (error) {
    log.error("settings.unreadable", error);
    return {};
  }
}

function withoutUndefined(settings: SettingsChange): Partial<Settings> {
  // What is left has no undefined in it, which is what Partial means under exactOptionalPropertyTypes.
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<Settings>;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
