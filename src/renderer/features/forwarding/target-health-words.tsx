import type { LinkState } from "#shared/domain/chain.ts";
import type { TargetHealth } from "#shared/domain/target-health.ts";
import { useAppState } from "../../app-context.ts";
import { isEngineGone } from "../../state/selectors.ts";
import { StateDot } from "../connection/state-dot.tsx";

const DOTS: Readonly<Record<TargetHealth["state"], LinkState>> = {
  checking: "waiting",
  up: "ok",
  down: "warn",
  refused: "bad",
};

const WORDS: Readonly<Record<TargetHealth["state"], string>> = {
  checking: "Being looked at",
  up: "Something listens here",
  down: "Nothing listens here",
  refused: "Nothing may be sent here",
};

/** Whether something listens at a URL: a dot, and the words for it. */
export function TargetHealthWords({ url }: { url: string }) {
  const isGone = useAppState(isEngineGone);
  const health = useAppState(({ mirror }) => mirror?.targets.find((target) => target.url === url));
  // What was last known of it may not be so any more.
  if (health === undefined || isGone) {
    return <Words dot="off" words={isGone ? "The inspector does not answer" : "Not looked at yet"} />;
  }
  return <Words dot={DOTS[health.state]} words={health.message ?? WORDS[health.state]} />;
}

function Words({ dot, words }: { dot: LinkState; words: string }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="flex flex-none translate-y-px">
        <StateDot state={dot} />
      </span>
      <span className="min-w-0 text-t3 wrap-anywhere">{words}</span>
    </span>
  );
}
