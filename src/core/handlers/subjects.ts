import { AppError } from "#shared/errors.ts";
import type { ApiAccess } from "../api-access.ts";
import type { EventBus } from "../event-bus.ts";
import type { Clock } from "../lib/clock.ts";
import type { Handlers } from "../router.ts";
import type { Store } from "../store/store.ts";
import { lookUp } from "../subjects/look-up.ts";

export function subjectHandlers(deps: {
  api: ApiAccess;
  store: Store;
  clock: Clock;
  events: EventBus;
}): Pick<Handlers, "subjects.list" | "subjects.timeline" | "subjects.lookup"> {
  const { api, store, clock, events } = deps;
  return {
    async "subjects.list"({ kind, text, limit }) {
      // Read before the rows: what arrives in between comes again as an event.
      const { seq } = events;
      return { ...(await store.subjects.list({ kind: kind ?? null, text, limit })), seq };
    },
    async "subjects.timeline"({ subject, limit }) {
      const { seq } = events;
      return { ...(await store.subjects.timeline(subject, limit)), seq };
    },
    async "subjects.lookup"({ subject }) {
      const client = await api.requireClient();
      const { environment } = api.state();
      const isOfficial = environment === "sandbox" || environment === "production";
      try {
        return await lookUp(client, subject, { isOfficial, now: clock.now() });
      } catch (error) {
        throw error instanceof AppError && error.code === "api.not_found" ? unknown(subject.kind, environment) : error;
      }
    },
  };
}

/** Simulated events name subjects that nobody has, and each environment knows its own only. */
function unknown(kind: "video" | "live-stream", environment: string): AppError {
  const what = kind === "video" ? "video" : "live stream";
  return new AppError(
    "api.not_found",
    environment === "simulator"
      ? `The simulator knows no ${what} with this id. It forgets all at the end of the app, and triggered events name what nobody has.`
      : `api.video (${environment}) knows no ${what} with this id. It may have been deleted, belong to the other environment, or exist in simulated events only.`,
  );
}
