import { CircleCheck, CirclePause, CirclePlay, CircleSlash, Hourglass, type LucideIcon } from "lucide-react";
import type { RunState, RunSummary } from "#shared/domain/run.ts";
import { Badge } from "../../ui/badge.tsx";
import { STATE_WORDS } from "./result-words.ts";

const ICONS: Readonly<Record<RunState, LucideIcon>> = {
  waiting: Hourglass,
  going: CirclePlay,
  paused: CirclePause,
  cancelled: CircleSlash,
  done: CircleCheck,
};

export function RunStateBadge({ run: { state } }: { run: RunSummary }) {
  const { word, tone } = STATE_WORDS[state];
  return (
    <Badge tone={tone} icon={ICONS[state]}>
      {word}
    </Badge>
  );
}
