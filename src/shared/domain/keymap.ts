import { isClash, isSingleKeys, type KeySettings } from "./keys.ts";

/** The keys in force, by action: the first is the one to show. */
export type Keymap = ReadonlyMap<string, readonly string[]>;

/** What of an action decides its keys. */
export interface KeyedAction {
  readonly id: string;
  readonly keys: readonly string[];
}

/**
 * The keys in force. What the user chose goes before what an action brings along, so that an action that is new, or that
 * got new keys, never takes those of another; and single keys are out where they are switched off.
 */
export function toKeymap(actions: readonly KeyedAction[], { keys: overrides, singleKeys }: KeySettings): Keymap {
  const taken: string[] = [];
  const claim = (keys: readonly string[]): readonly string[] => {
    const free = keys.filter(
      (candidate) => (singleKeys || !isSingleKeys(candidate)) && !taken.some((other) => isClash(candidate, other)),
    );
    taken.push(...free);
    return free;
  };
  const chosen = new Map(Object.entries(overrides).map(([id, keys]) => [id, claim(keys)]));
  return new Map(actions.map(({ id, keys }) => [id, chosen.get(id) ?? claim(keys)]));
}
