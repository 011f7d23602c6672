import type { Settings } from "#shared/domain/settings.ts";
import { keepFocus } from "../../actions/regions.ts";
import { type App, useApp } from "../../app-context.ts";
import { useSetting } from "../settings/use-setting.ts";

/** The settings that are lists of things with a name. */
export interface NamedLists {
  readonly targets: Settings["targets"][number];
  readonly routes: Settings["routes"][number];
  readonly answerRules: Settings["answerRules"][number];
}
export type NamedListKey = keyof NamedLists;

export interface NamedListHandle<T> {
  readonly items: readonly T[];
  /** Puts it in the place of the one of that name, or at the end. Gives what is wrong with it, or null. */
  keep(item: T, replaced: string | null): Promise<string | null>;
  /** Can be undone for a moment. */
  remove(item: T): void;
  /** One place up (-1) or down. */
  move(item: T, step: 1 | -1): void;
}

const NONE: readonly never[] = [];

/** One of these lists, and what can be done with it. What is chosen next builds on what was chosen last, saved or not yet. */
export function useNamedList<K extends NamedListKey>(key: K): NamedListHandle<NamedLists[K]> {
  const app = useApp();
  const setting = useSetting(key);
  // Each of these settings is a list of what its name stands for above.
  const items = (setting?.chosen ?? NONE) as readonly NamedLists[K][];
  const save = async (next: readonly NamedLists[K][]): Promise<string | null> =>
    setting === null ? null : setting.saveOrSay(next);
  const saveOrTell = async (next: readonly NamedLists[K][]): Promise<boolean> => {
    const problem = await save(next);
    if (problem !== null) app.toast(problem, { tone: "bad" });
    return problem === null;
  };
  return {
    items,
    keep(item, replaced) {
      const index = items.findIndex(({ name }) => name === replaced);
      return save(index === -1 ? [...items, item] : items.with(index, item));
    },
    remove(item) {
      const index = items.indexOf(item);
      app.attempt(async () => {
        if (!(await saveOrTell(items.toSpliced(index, 1)))) return;
        const undo = (): void => app.attempt(() => putBack(app, key, item, index));
        app.toast(`${item.name} removed.`, { action: { label: "Undo", needsEngine: true, run: undo } });
        keepFocus();
      });
    },
    move(item, step) {
      const index = items.indexOf(item);
      void saveOrTell(items.toSpliced(index, 1).toSpliced(index + step, 0, item));
    },
  };
}

/** Into the list as it is by then. */
async function putBack<K extends NamedListKey>(app: App, key: K, item: NamedLists[K], index: number): Promise<void> {
  const now: readonly unknown[] = app.store.getState().mirror?.settings.values[key] ?? NONE;
  await app.saveSettings({ [key]: now.toSpliced(index, 0, item) });
}
