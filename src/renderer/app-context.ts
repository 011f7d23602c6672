import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Client } from "#shared/contract/types.ts";
import type { SettingsChange } from "#shared/domain/settings.ts";
import type { Shell } from "./client/shell.ts";
import type { AccountLoader } from "./state/account-loader.ts";
import type { ActivityLoader } from "./state/activity-loader.ts";
import type { AppState, Toast } from "./state/app-state.ts";
import type { CompareLoader } from "./state/compare-loader.ts";
import type { DetailLoader } from "./state/detail-loader.ts";
import type { ListLoader } from "./state/list-loader.ts";
import type { MissedLoader } from "./state/missed-loader.ts";
import type { RunsLoader } from "./state/runs-loader.ts";
import type { AppStore } from "./state/store.ts";
import type { TimelineLoader } from "./state/timeline-loader.ts";

/** Everything components and actions work with; made once per window by `createApp`. */
export interface App {
  readonly store: AppStore;
  readonly client: Client;
  readonly shell: Shell;
  readonly list: ListLoader;
  readonly detail: DetailLoader;
  readonly account: AccountLoader;
  readonly missed: MissedLoader;
  readonly compare: CompareLoader;
  readonly timeline: TimelineLoader;
  readonly runs: RunsLoader;
  readonly activity: ActivityLoader;
  /** Saves settings one change after the other: two requests at a time may arrive in either order. */
  saveSettings(change: SettingsChange): Promise<void>;
  /** Loads everything again. */
  reload(): Promise<void>;
  toast(text: string, options?: { tone?: Toast["tone"]; action?: Toast["action"] }): void;
  /** Runs what the user asked for; its failure becomes a toast. */
  attempt(work: () => Promise<unknown>): void;
  /** Somebody looks at the window: what came unseen has been seen. */
  looked(): void;
  stop(): void;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error("There is no AppContext around this component.");
  return app;
}

/** Select narrowly; what is selected must be a part of the state, not built anew. */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useApp().store, select);
}
