import * as z from "zod";
import type { ApiAccess } from "./api-access.ts";
import type { EventBus } from "./event-bus.ts";
import { createGaps, type Gaps } from "./gaps/gaps.ts";
import type { Clock } from "./lib/clock.ts";
import type { Log } from "./lib/log.ts";
import type { Store } from "./store/store.ts";

/** What counts of the registration's note: where a webhook is, and its id once it is known to be there. */
const LeftWebhooks = z.array(z.object({ account: z.string(), webhookId: z.string().nullable() }));

export interface RecordGapsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly api: Pick<ApiAccess, "state">;
  readonly events: EventBus;
  /** The registration's note of webhooks that are still at api.video. */
  leftWebhooks(): Promise<unknown>;
}

/** The gaps of this data folder: kept in the store, told to all clients. */
export function recordGaps({ clock, log, store, api, events, leftWebhooks }: RecordGapsDeps): Gaps {
  /** A note that is damaged must not keep the app from starting: it is as if there was none. */
  async function readNote(read: () => Promise<unknown>): Promise<unknown> {
    try {
      return await read();
    } catch (error) {
      log.error("gaps.note_unread", error);
      return null;
    }
  }

  return createGaps({
    clock,
    log,
    addGap: store.addGap,
    endGap: store.endGap,
    gaps: store.gaps,
    recall: () => readNote(async () => JSON.parse((await store.readState("path")) ?? "null")),
    remember: (note) => store.writeState("path", JSON.stringify(note)),
    async isWebhookLeft() {
      const { environment, baseUrl } = api.state();
      // The simulator inside this process ends with it, and its webhooks as well.
      if (environment === "simulator") return false;
      // One that another account still has says nothing about the path that is wanted now.
      const inUse = environment === "custom" ? baseUrl : environment;
      const left = LeftWebhooks.safeParse(await readNote(leftWebhooks)).data ?? [];
      return left.some(({ account, webhookId }) => account === inUse && webhookId !== null);
    },
    onChange: (gap) => events.publish("gap.changed", gap),
  });
}
