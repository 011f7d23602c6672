import type { Log } from "../../lib/log.ts";
import { waitAtMost } from "../../lib/wait-at-most.ts";

/** Longer than any part of the engine needs to end; what hangs then is left behind, for cli.ts to end with the process. */
const STOP_MS = 5_000;

/** Ends an engine in bounded time and never rejects: what the command had to say, it has said. */
export async function endEngine(engine: AsyncDisposable, log: Log): Promise<void> {
  try {
    const hasEnded = await waitAtMost(STOP_MS, engine[Symbol.asyncDispose]());
    if (!hasEnded) log.warn("engine.left_behind", { afterMs: STOP_MS });
  } catch (error) {
    log.error("engine.did_not_end_well", error);
  }
}
