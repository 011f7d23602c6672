import clsx from "clsx";
import type { LinkState } from "#shared/domain/chain.ts";

/** Round where all is well, square where something is missing, a diamond where it is broken: the word is beside it. */
export function StateDot({ state }: { state: LinkState }) {
  return (
    <span
      aria-hidden="true"
      className={clsx("size-2 flex-none ring-3", state !== "off" && "forced-colors:bg-[CanvasText]", {
        "rounded-full bg-ok ring-ok-s": state === "ok",
        "rounded-[2px] bg-warn ring-warn-s": state === "warn" || state === "waiting",
        "rotate-45 bg-bad ring-bad-s": state === "bad",
        "rounded-full border-[1.5px] border-t3 ring-transparent": state === "off",
      })}
    />
  );
}
