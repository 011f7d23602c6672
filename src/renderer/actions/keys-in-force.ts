import { type Keymap, toKeymap } from "#shared/domain/keymap.ts";
import type { KeySettings } from "#shared/domain/keys.ts";
import { DEFAULT_SETTINGS, type Settings } from "#shared/domain/settings.ts";
import type { AppState } from "../state/app-state.ts";
import { ACTIONS } from "./registry.ts";

/** The keymap made last for each value of the settings; most questions are asked with the same one. */
const made = new WeakMap<Settings, Keymap>();

/** The keys in force, by action: the same object as long as the settings are the same. */
export function keymapOf(state: AppState): Keymap {
  const settings = state.mirror?.settings.values ?? DEFAULT_SETTINGS;
  const known = made.get(settings);
  if (known !== undefined) return known;
  const keymap = toKeymap(ACTIONS, settings);
  made.set(settings, keymap);
  return keymap;
}

/** The key to show for an action; undefined where it has none. */
export function shownKeys(state: AppState, id: string): string | undefined {
  return keymapOf(state).get(id)?.[0];
}

/** What decides the keys, of the settings in force. */
export function keySettingsOf({ mirror }: AppState): KeySettings {
  return mirror?.settings.values ?? DEFAULT_SETTINGS;
}
