import { useState } from "react";
import { type Keymap, toKeymap } from "#shared/domain/keymap.ts";
import { isSingleKeys } from "#shared/domain/keys.ts";
import type { Action } from "../../actions/action.ts";
import { clashesWith, type KeyChange, takenWords, withChange, withoutChange } from "../../actions/change-keys.ts";
import { keyWords } from "../../actions/key-words.ts";
import { keySettingsOf } from "../../actions/keys-in-force.ts";
import { ACTIONS, findAction } from "../../actions/registry.ts";
import { useAppState } from "../../app-context.ts";
import { isApple } from "../../ui/platform.ts";
import { useSetting } from "./use-setting.ts";

export interface KeyChanges {
  /** All keys by action, with those that rest while single keys are off. */
  readonly keymap: Keymap;
  /** The actions whose keys are not those they came with. */
  readonly changedIds: readonly string[];
  /** What the last change did, to be read out. */
  readonly news: string;
  readonly error: string | null;
  /** Whether these are in force only once single keys are switched on. */
  rests(keys: string): boolean;
  /** What to know before these keys are given to the action. */
  remarksOn(action: Action, keys: string): readonly string[];
  change(change: KeyChange): void;
  reset(action: Action): void;
  resetAll(): void;
}

/** The user's own keys and how to change them; null before the first load. */
export function useKeyChanges(): KeyChanges | null {
  const setting = useSetting("keys");
  const { singleKeys } = useAppState(keySettingsOf);
  const [news, setNews] = useState("");
  if (setting === null) return null;
  // With those that rest, or a change beside them would lose them.
  const keymap = toKeymap(ACTIONS, { keys: setting.chosen, singleKeys: true });
  const rests = (keys: string): boolean => !singleKeys && isSingleKeys(keys);
  const save = async (overrides: unknown, words: string): Promise<void> => {
    if (await setting.save(overrides)) setNews(words);
  };
  return {
    keymap,
    rests,
    changedIds: Object.keys(setting.chosen).filter((id) => findAction(id) !== undefined),
    news,
    error: setting.error,
    remarksOn(action, keys) {
      const taken = clashesWith(ACTIONS, keymap, action.id, keys).map(
        (clash) => `${words(clash.keys)} is “${clash.action.label}”. Keep it here to take it from there.`,
      );
      const other = takenWords(keys, isApple());
      return [
        ...taken,
        ...(other === null ? [] : [other]),
        ...(rests(keys) ? ["Single keys are switched off, so this one rests."] : []),
      ];
    },
    change(change) {
      const losers = change.added === null ? [] : clashesWith(ACTIONS, keymap, change.id, change.added);
      const done =
        change.added === null
          ? `${words(change.replaced ?? "")} no longer does anything.`
          : `${words(change.added)} is now “${findAction(change.id)?.label ?? change.id}”.`;
      const lost = losers.map(({ action, keys }) => ` “${action.label}” lost ${words(keys)}.`).join("");
      // Its failure is shown beside the keys.
      void save(withChange(setting.chosen, ACTIONS, keymap, change), done + lost);
    },
    reset({ id, label, keys }) {
      const rest = withoutChange(setting.chosen, id);
      const after = toKeymap(ACTIONS, { keys: rest, singleKeys: true });
      const taken = keys
        .flatMap((own) => clashesWith(ACTIONS, after, id, own).map(({ action }) => ({ own, action })))
        .map(({ own, action }) => `, but for ${words(own)}, which is “${action.label}”`);
      void save(rest, `“${label}” has its own keys again${taken.join("")}.`);
    },
    resetAll() {
      void save({}, "All actions have their own keys again.");
    },
  };
}

function words(keys: string): string {
  return keyWords(keys, isApple());
}
