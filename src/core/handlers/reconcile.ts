import { AppError } from "#shared/errors.ts";
import type { ApiAccess } from "../api-access.ts";
import type { EventBus } from "../event-bus.ts";
import type { Clock } from "../lib/clock.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import type { Handlers } from "../router.ts";
import type { Store } from "../store/store.ts";

export function reconcileHandlers(deps: {
  api: ApiAccess;
  store: Store;
  clock: Clock;
  events: EventBus;
}): Pick<Handlers, "webhooks.reconcile" | "webhooks.cancelReconcile"> {
  const { api, store, clock, events } = deps;
  let running: AbortController | undefined;

  /** In epoch milliseconds; by default the newest gap, up to now where it lasts. */
  async function spanOf(from: string | undefined, to: string | undefined): Promise<{ from: number; to: number }> {
    const now = clock.now();
    if (from !== undefined) {
      const span = { from: timeOf("from", from), to: to === undefined ? now : timeOf("to", to) };
      if (span.from > span.to)
        throw new AppError("input.invalid", "`from` is after `to`.", { details: { path: "from" } });
      return span;
    }
    const [gap] = await store.gaps();
    if (to !== undefined || gap === undefined) {
      throw new AppError(
        "input.invalid",
        "There was no gap yet. Say from when (ISO 8601) events are to be looked for.",
        {
          details: { path: "from" },
        },
      );
    }
    return { from: Date.parse(gap.from), to: gap.to === null ? now : Date.parse(gap.to) };
  }

  return {
    async "webhooks.reconcile"({ from, to }) {
      const span = await spanOf(from, to);
      const client = await api.requireClient();
      // One at a time: the calls of two would together be over api.video's limit.
      running?.abort();
      const mine = new AbortController();
      running = mine;
      try {
        return await reconcile(
          {
            api: client,
            seenVideos: store.seenVideos,
            captured: store.captured,
            onProgress: (progress) => events.publish("reconcile.progressed", progress),
          },
          span,
          mine.signal,
        );
      } finally {
        if (running === mine) running = undefined;
      }
    },
    "webhooks.cancelReconcile"() {
      running?.abort();
      return {};
    },
  };
}

function timeOf(name: "from" | "to", text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new AppError("input.invalid", `\`${name}\` is no date of ISO 8601, such as 2026-07-01T09:30:00Z.`, {
    details: { path: name },
  });
}
