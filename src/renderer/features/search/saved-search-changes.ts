import type { SavedSearch } from "#shared/domain/settings.ts";
import type { App } from "../../app-context.ts";

/** What everybody looks for sooner or later. */
export const BUILT_IN_SEARCHES: readonly SavedSearch[] = [
  { name: "Failed signatures", query: "sig:failed" },
  { name: "My server refused", query: "status:refused,unreachable" },
  { name: "Not forwarded", query: "status:none" },
  { name: "Pinned", query: "is:pinned" },
  { name: "Last ten minutes", query: "after:10m" },
];

export function savedSearches(app: App): readonly SavedSearch[] {
  return app.store.getState().mirror?.settings.values.savedSearches ?? [];
}

export async function saveSearch(app: App, search: SavedSearch): Promise<void> {
  await change(app, [...savedSearches(app), search]);
  app.toast(`Saved as “${search.name}”.`);
}

/** It can be undone as long as the message stands. */
export async function deleteSearch(app: App, name: string): Promise<void> {
  const before = savedSearches(app);
  const index = before.findIndex((search) => search.name === name);
  const deleted = before[index];
  if (deleted === undefined) return;
  await change(app, before.toSpliced(index, 1));
  const undo = (): void => app.attempt(() => change(app, savedSearches(app).toSpliced(index, 0, deleted)));
  app.toast(`“${name}” deleted.`, { action: { label: "Undo", needsEngine: true, run: undo } });
}

async function change(app: App, searches: readonly SavedSearch[]): Promise<void> {
  await app.saveSettings({ savedSearches: [...searches] });
}
