import type { Gaps } from "./gaps/gaps.ts";
import type { Log } from "./lib/log.ts";
import { waitAtMost } from "./lib/wait-at-most.ts";
import type { Registration } from "./registration/registration.ts";

/** Two short writes; what takes longer waits for a disk or a thread that hangs. */
const GAPS_END_MS = 1_000;

/** What an engine ends with. None of it may keep the rest from ending. */
export interface Ending {
  readonly log: Log;
  /** Without a connection there is no webhook of ours to be removed. */
  readonly registration: Registration | null;
  readonly gaps: Gaps;
  /** All that runs, in the order of its start. */
  readonly running: AsyncDisposableStack;
}

/**
 * The webhook goes first: api.video must not send to a URL that leads nowhere any more. What arrives until then is still
 * captured. The rest ends in the reverse order of its start.
 */
export async function endInOrder({ log, registration, gaps, running }: Ending): Promise<void> {
  try {
    // Bounded by itself.
    await registration?.remove();
    await waitAtMost(GAPS_END_MS, gaps.end());
  } catch (error) {
    log.error("engine.did_not_end_well", error);
  }
  await running.disposeAsync();
}
