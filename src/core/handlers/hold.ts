import type { Editing } from "../editing.ts";
import type { Hold } from "../hold.ts";
import { fireAndForget, type Log } from "../lib/log.ts";
import type { LiveFaults } from "../replay/faults/live-faults.ts";
import type { Replayer } from "../replay/replayer.ts";
import type { Handlers } from "../router.ts";
import { toFilter } from "../store/search-conditions.ts";

export function holdHandlers(parts: {
  hold: Hold;
  editing: Editing;
  replayer: Replayer;
  faults: Pick<LiveFaults, "current">;
  release(id: string): Promise<void>;
  clock: { now(): number };
  log: Log;
}): Pick<Handlers, "hold.set" | "hold.clear" | "hold.release"> {
  const { hold, faults, editing, replayer, release, clock, log } = parts;

  /** As it would have been forwarded, had it not been held. */
  async function forward(id: string): Promise<string> {
    await replayer.check(id);
    const released = release(id);
    // A fault may have it wait for others that are still held: who lets all of them go, one by one, would wait for ever.
    if (faults.current() === null) await released;
    else fireAndForget(released, log, "forward.broke");
    return id;
  }

  return {
    "hold.set"(rule) {
      // What cannot be read is told now, not when the first delivery comes.
      toFilter(rule.query, clock.now());
      return hold.set(rule);
    },
    "hold.clear": () => hold.clear(),
    async "hold.release"({ id, action, target, edits = {}, sign }) {
      const change = editing.change(id, { edits, sign });
      const sentId = await hold.release(id, async () => {
        if (action === "drop") return null;
        if (change === undefined && target === undefined) return forward(id);
        return (await replayer.replay(id, target, undefined, change)).deliveryId;
      });
      return { sentId };
    },
  };
}
