import { useState } from "react";
import { isSingleKeys } from "#shared/domain/keys.ts";
import type { Action } from "../../actions/action.ts";
import { clashesWith, type KeyChange, takenWords, withChange, withoutChange } from "../../actions/change-keys.ts";
import { keyWords } from "../../actions/key-words.ts";
import { keymapOf, keySettingsOf } from "../../actions/keys-in-force.ts";
import { ACTIONS, findAction } from "../../actions/registry.ts";
import { useAppState } from "../../app-context.ts";
import { isApple } from "../../ui/platform.ts";
import { useSetting } from "./use-setting.ts";

export interface KeyChanges {
  /** The actions whose keys are not those they came with. */
  readonly changedIds: readonly string[];
  /** What the last change did, to be read out. */
  readonly news: string;
  readonly error: string | null;
  /** What to know before these keys are given to the action. */
  remarksOn(action: Action, keys: string): readonly string[];
  change(change: KeyChange): void;
  reset(id: string): void;
  resetAll(): void;
}

/** The user's own keys and how to change them; null before the first load. */
export function useKeyChanges(): KeyChanges | null {
  const setting = useSetting("keys");
  const keymap = useAppState(keymapOf);
  const { singleKeys } = useAppState(keySettingsOf);
  const [news, setNews] = useState("");
  if (setting === null) return null;
  const save = async (overrides: unknown, words: string): Promise<void> => {
    if (await setting.save(overrides)) setNews(words);
  };
  return {
    changedIds: Object.keys(setting.value).filter((id) => findAction(id) !== undefined),
    news,
    error: setting.error,
    remarksOn(action, keys) {
      const taken = clashesWith(ACTIONS, keymap, action.id, keys).map(
        (clash) => `${words(clash.keys)} is “${clash.action.label}”. Keep it here to take it from there.`,
      );
      const other = takenWords(keys, isApple());
      const rests = !singleKeys && isSingleKeys(keys);
      return [
        ...taken,
        ...(other === null ? [] : [other]),
        ...(rests ? ["Single keys are switched off, so this one rests."] : []),
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
      void save(withChange(setting.value, ACTIONS, keymap, change), done + lost);
    },
    reset(id) {
      void save(withoutChange(setting.value, id), `“${findAction(id)?.label ?? id}” has its own keys again.`);
    },
    resetAll() {
      void save({}, "All actions have their own keys again.");
    },
  };
}

function words(keys: string): string {
  return keyWords(keys, isApple());
}
