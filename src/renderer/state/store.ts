import { createStore, type StoreApi } from "zustand/vanilla";
import { type AppState, initialState, type View } from "./app-state.ts";
import type { Place } from "./hash.ts";

export type AppStore = StoreApi<AppState>;

/** One per window (and per test): nothing here lives in a module. */
export function createAppStore(place: Place): AppStore {
  return createStore<AppState>(() => initialState(place));
}

/** Changes some of the view and leaves the rest; who goes to an area without a word of where comes to its beginning. */
export function setView(store: AppStore, change: Partial<View>): void {
  store.setState(({ view }) => ({ view: { ...view, ...(change.area !== undefined && { section: null }), ...change } }));
}
