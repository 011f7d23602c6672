import type { AppStore } from "../state/store.ts";

/** Puts the chosen theme on the page's root; without one the system's counts. */
export function followTheme(root: HTMLElement, store: AppStore): () => void {
  const apply = (): void => {
    const theme = store.getState().mirror?.settings.values.theme ?? "system";
    if (theme === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
  };
  apply();
  return store.subscribe((state, before) => {
    if (state.mirror?.settings !== before.mirror?.settings) apply();
  });
}
