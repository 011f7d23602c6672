import { Check, type LucideIcon, Minus, ShieldQuestionMark, X } from "lucide-react";
import type { VerificationState } from "#shared/domain/verification.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";

const LOOKS: Readonly<Record<VerificationState, { word: string; tone: Tone; icon: LucideIcon }>> = {
  verified: { word: "Verified", tone: "ok", icon: Check },
  failed: { word: "Failed", tone: "bad", icon: X },
  unsigned: { word: "Unsigned", tone: "muted", icon: Minus },
  unchecked: { word: "Unchecked", tone: "warn", icon: ShieldQuestionMark },
};

export function VerificationBadge({ state }: { state: VerificationState }) {
  const { word, tone, icon } = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
