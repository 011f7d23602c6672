import type { Client, EventEnvelope } from "#shared/contract/types.ts";
import type { Gap } from "#shared/domain/gap.ts";
import { AppError } from "#shared/errors.ts";
import { toMessage } from "../client/to-message.ts";
import type { AppStore } from "./store.ts";

/** Asks which events of a gap were missed; what it finds is in the state's `missed`. */
export interface MissedLoader {
  /** Up to now where the path is still down. */
  search(gap: Gap): Promise<void>;
  /** Ends a search that is under way; it then shows what it has found. */
  stop(): Promise<void>;
  /** Lets go of what was found, and ends a search. */
  close(): Promise<void>;
  follow(events: readonly EventEnvelope[]): void;
}

export function createMissedLoader({ client, store }: { client: Client; store: AppStore }): MissedLoader {
  let searches = 0;

  async function stop(): Promise<void> {
    if (store.getState().missed.kind === "running") await client.call("webhooks.cancelReconcile", {});
  }

  return {
    async search({ from, to }) {
      searches += 1;
      const mine = searches;
      store.setState({ missed: { kind: "running", checkedVideos: 0, totalVideos: null } });
      try {
        const value = await client.call("webhooks.reconcile", { from, ...(to !== null && { to }) });
        if (mine === searches) store.setState({ missed: { kind: "ready", value } });
      } catch (error) {
        const code = error instanceof AppError ? error.code : null;
        if (mine === searches) store.setState({ missed: { kind: "failed", code, message: toMessage(error) } });
      }
    },
    stop,
    async close() {
      const stopped = stop();
      searches += 1;
      store.setState({ missed: { kind: "none" } });
      await stopped;
    },
    follow(events) {
      const last = events.findLast(({ name }) => name === "reconcile.progressed");
      if (last?.name !== "reconcile.progressed" || store.getState().missed.kind !== "running") return;
      store.setState({ missed: { kind: "running", ...last.payload } });
    },
  };
}
