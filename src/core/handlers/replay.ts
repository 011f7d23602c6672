import { parseTarget } from "#shared/domain/target.ts";
import { AppError } from "#shared/errors.ts";
import type { Replayer } from "../replay/replayer.ts";
import type { Handlers } from "../router.ts";

export function replayHandlers({ replayer }: { replayer: Replayer }): Pick<Handlers, "replay.send"> {
  return {
    async "replay.send"({ id, target }) {
      if (target !== undefined && parseTarget(target) === null) {
        throw new AppError("input.invalid", "The target is an http:// or https:// URL, or a bare port.", {
          details: { path: "target" },
        });
      }
      return replayer.replay(id, target);
    },
  };
}
