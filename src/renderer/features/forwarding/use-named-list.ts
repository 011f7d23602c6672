import type { Settings } from "#shared/domain/settings.ts";
import { keepFocus } from "../../actions/regions.ts";
import { type App, useApp, useAppState } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";

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

/** One of these lists, and what can be done with it. It is read anew with each change: another window may have changed it. */
export function useNamedList<K extends NamedListKey>(key: K): NamedListHandle<NamedLists[K]> {
  const app = useApp();
  const items = useAppState(({ mirror }) => listOf(mirror?.settings.values, key));
  return {
    items,
    async keep(item, replaced) {
      const now = itemsOf(app, key);
      const index = now.findIndex(({ name }) => name === replaced);
      try {
        await save(app, key, index === -1 ? [...now, item] : now.with(index, item));
        return null;
      } catch (failure) {
        // The engine says which setting it is; here there is no other.
        return toMessage(failure).replace(/^settings\.update: [\w.]+: /, "");
      }
    },
    remove(item) {
      const now = itemsOf(app, key);
      const index = now.findIndex(({ name }) => name === item.name);
      const undo = (): void => app.attempt(() => save(app, key, itemsOf(app, key).toSpliced(index, 0, item)));
      app.attempt(async () => {
        await save(app, key, now.toSpliced(index, index === -1 ? 0 : 1));
        app.toast(`${item.name} removed.`, { action: { label: "Undo", needsEngine: true, run: undo } });
        keepFocus();
      });
    },
    move(item, step) {
      const now = itemsOf(app, key);
      const index = now.findIndex(({ name }) => name === item.name);
      const moved = now.toSpliced(index, 1).toSpliced(index + step, 0, item);
      if (index !== -1 && index + step >= 0) app.attempt(() => save(app, key, moved));
    },
  };
}

function itemsOf<K extends NamedListKey>(app: App, key: K): NamedLists[K][] {
  return [...listOf(app.store.getState().mirror?.settings.values, key)];
}

function listOf<K extends NamedListKey>(values: Settings | undefined, key: K): readonly NamedLists[K][] {
  // Each of these settings is a list of what its name stands for above.
  return (values?.[key] ?? NONE) as readonly NamedLists[K][];
}

function save<K extends NamedListKey>(app: App, key: K, items: readonly NamedLists[K][]): Promise<void> {
  return app.saveSettings({ [key]: items });
}
