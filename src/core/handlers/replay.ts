import type { ReplaySign } from "#shared/contract/replay-commands.ts";
import { NO_TARGET } from "#shared/domain/named-target.ts";
import type { RequestEdits } from "#shared/domain/request-edits.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { AppError } from "#shared/errors.ts";
import type { Editing, Wish } from "../editing.ts";
import type { ForwardingArea } from "../forwarding.ts";
import type { Replayer } from "../replay/replayer.ts";
import type { Handlers } from "../router.ts";

export function replayHandlers(parts: {
  replayer: Replayer;
  editing: Editing;
  forwarding: ForwardingArea;
}): Pick<Handlers, "replay.send" | "replay.preview" | "targets.check"> {
  const { replayer, editing, forwarding } = parts;
  return {
    async "replay.send"({ id, target, edits, sign }) {
      if (target !== undefined) checkTarget(target, forwarding);
      return replayer.replay(id, target, undefined, editing.change(id, toWish(edits, sign)));
    },
    "replay.preview": ({ id, target, edits, sign }) => editing.preview(id, toWish(edits, sign), target),
    "targets.check": async () => ({ targets: await forwarding.check() }),
  };
}

function toWish(edits: RequestEdits | undefined, sign: ReplaySign): Wish {
  return { edits: edits ?? {}, sign };
}

/** Whether it may be sent to is another question. Throws AppError `input.invalid`. */
export function checkTarget(target: string, forwarding: Pick<ForwardingArea, "namedTarget">): void {
  if (parseTarget(target) !== null || forwarding.namedTarget(target) !== undefined) return;
  throw new AppError("input.invalid", NO_TARGET, { details: { path: "target" } });
}
