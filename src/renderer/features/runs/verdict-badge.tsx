import {
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CirclePlus,
  CircleX,
  Diff,
  Equal,
  type LucideIcon,
} from "lucide-react";
import type { ComparedVerdict, Verdict } from "#shared/domain/run.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";

type AnyVerdict = Verdict | ComparedVerdict;

/** What a verdict is called, and what it means, by shape and colour as well. */
export const VERDICTS: Readonly<
  Record<
    AnyVerdict,
    { readonly word: string; readonly meaning: string; readonly tone: Tone; readonly icon: LucideIcon }
  >
> = {
  fixed: { word: "Fixed", meaning: "It was not accepted before, and is now.", tone: "ok", icon: CircleCheck },
  regressed: { word: "Regressed", meaning: "It was accepted before, and is not now.", tone: "bad", icon: CircleX },
  changed: { word: "Changed", meaning: "The answer is another one than before.", tone: "warn", icon: Diff },
  same: { word: "Same", meaning: "The answer is the one of before.", tone: "muted", icon: Equal },
  first: { word: "First", meaning: "There is nothing to compare it with.", tone: "info", icon: CircleDashed },
  "only-before": {
    word: "Only before",
    meaning: "The second run has no result of it.",
    tone: "muted",
    icon: CircleMinus,
  },
  "only-after": { word: "Only after", meaning: "The first run has no result of it.", tone: "muted", icon: CirclePlus },
};

export function VerdictBadge({ verdict }: { verdict: AnyVerdict }) {
  const { word, tone, icon } = VERDICTS[verdict];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
