import { Check, Copy } from "lucide-react";
import { IconButton } from "../../ui/button.tsx";
import { useCopy } from "./use-copy.ts";

/** Copies a text and shows for a moment that it did. Absent where the host has no clipboard. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const copying = useCopy(text);
  if (copying === null) return null;
  const { isDone, copy } = copying;
  return (
    <IconButton label={isDone ? "Copied" : label} onClick={copy}>
      {isDone ? <Check aria-hidden="true" size={14} className="text-ok" /> : <Copy aria-hidden="true" size={14} />}
    </IconButton>
  );
}
