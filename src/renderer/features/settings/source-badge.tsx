import { Braces, Circle, type LucideIcon, Save, SquareTerminal } from "lucide-react";
import type { SettingSource } from "#shared/domain/settings.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";

const LOOKS: Readonly<Record<SettingSource, { tone: Tone; icon: LucideIcon; word: string }>> = {
  default: { tone: "muted", icon: Circle, word: "Default" },
  saved: { tone: "info", icon: Save, word: "Saved" },
  variable: { tone: "warn", icon: Braces, word: "Variable" },
  flag: { tone: "warn", icon: SquareTerminal, word: "Flag" },
};

/** Where the value in force comes from; of a flag or variable, which one. */
export function SourceBadge({ source, name }: { source: SettingSource; name?: string | undefined }) {
  const { tone, icon, word } = LOOKS[source];
  return (
    <Badge tone={tone} icon={icon}>
      {name === undefined ? word : `${word} ${name}`}
    </Badge>
  );
}
