import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { Log } from "../lib/log.ts";

const Leftovers = z
  .array(
    z.object({
      account: z.string().max(4_000),
      url: z.string().max(4_000),
      /** null: it was about to be created. Whether it was, and under which id, only the account can tell. */
      webhookId: z.string().min(1).max(200).nullable(),
    }),
  )
  .max(100);
/** Webhooks of ours that exist at api.video or may do so, noted for the case that we get no chance to remove them. */
export type Leftovers = Readonly<z.infer<typeof Leftovers>>;

export interface LeftoverNoteDeps {
  readonly log: Log;
  /** Keeps the note for the next run in place of the one before; durable when it resolves. */
  remember(leftovers: Leftovers): Promise<void>;
  /** The last note as it was kept, of whatever form; null where there is none. */
  recall(): Promise<unknown>;
}

/** The note about our webhooks that outlives the process. Without it they are still found at the account, by their URL. */
export interface LeftoverNote {
  /** Empty where there is none that can be read. */
  read(): Promise<Leftovers>;
  write(leftovers: Leftovers): Promise<void>;
}

export function createLeftoverNote({ log, remember, recall }: LeftoverNoteDeps): LeftoverNote {
  let written: Leftovers = [];
  return {
    async read() {
      try {
        written = Leftovers.safeParse(await recall()).data ?? [];
      } catch (error) {
        log.error("registration.note_unread", error);
      }
      return written;
    },
    async write(leftovers) {
      if (isDeepStrictEqual(leftovers, written)) return;
      try {
        await remember(leftovers);
        written = leftovers;
      } catch (error) {
        log.error("registration.not_noted", error);
      }
    },
  };
}
