import { type AppStore, setView } from "./store.ts";

/** Takes the marks off what is gone; `removed` are the ids of removals, null for one of all but the pinned. */
export function forgetMarks(store: AppStore, removed: readonly (readonly string[] | null)[]): void {
  const { view, mirror } = store.getState();
  if (view.markedIds.size === 0 || removed.length === 0) return;
  const gone = new Set(removed.flatMap((ids) => ids ?? []));
  // Of what is marked out of sight, nobody here knows whether it was pinned.
  const left = removed.includes(null) ? new Set(mirror?.list.items.map(({ id }) => id)) : view.markedIds;
  const kept = [...view.markedIds].filter((id) => left.has(id) && !gone.has(id));
  if (kept.length < view.markedIds.size) setView(store, { markedIds: new Set(kept) });
}
