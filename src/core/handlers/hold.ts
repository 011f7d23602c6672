import type { Editing } from "../editing.ts";
import type { Hold } from "../hold.ts";
import { noTarget } from "../lib/no-target.ts";
import type { Replayer } from "../replay/replayer.ts";
import type { Handlers } from "../router.ts";
import { toFilter } from "../store/search-conditions.ts";

export function holdHandlers(parts: {
  hold: Hold;
  editing: Editing;
  replayer: Replayer;
  release(id: string): Promise<void>;
  clock: { now(): number };
}): Pick<Handlers, "hold.set" | "hold.clear" | "hold.release"> {
  const { hold, editing, replayer, release, clock } = parts;

  /** As it would have been forwarded, had it not been held. */
  async function forward(id: string): Promise<string> {
    if ((await replayer.urlOf(id, undefined)) === null) throw noTarget();
    await release(id);
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
