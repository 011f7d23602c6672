import clsx from "clsx";
import type { LucideIcon } from "lucide-react";

export type Tone = "ok" | "warn" | "bad" | "info" | "muted";

const TONES: Readonly<Record<Tone, string>> = {
  ok: "bg-ok-s text-ok",
  warn: "bg-warn-s text-warn",
  bad: "bg-bad-s text-bad",
  info: "bg-info-s text-info",
  muted: "bg-s3 text-t3",
};

/** Says a state by shape, word and colour, so that none of them is needed alone. Forced colours show its edge. */
export function Badge({ tone, icon: Icon, children }: { tone: Tone; icon: LucideIcon; children: string }) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 flex-none items-center gap-1 rounded-full border border-transparent px-1.5 text-small font-semibold whitespace-nowrap",
        TONES[tone],
      )}
    >
      <Icon aria-hidden="true" size={12} strokeWidth={2.6} />
      {children}
    </span>
  );
}
