import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useApp } from "../../app-context.ts";
import { IconButton } from "../../ui/button.tsx";

const SHOWN_MS = 1_500;

/** Copies a text and shows for a moment that it did. Absent where the host has no clipboard. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const app = useApp();
  const [isDone, setIsDone] = useState(false);

  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setIsDone(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isDone]);

  if (!app.shell.capabilities.copyText) return null;
  const copy = (): void =>
    app.attempt(async () => {
      await app.shell.copyText(text);
      setIsDone(true);
    });
  return (
    <IconButton label={isDone ? "Copied" : label} onClick={copy}>
      {isDone ? <Check aria-hidden="true" size={14} className="text-ok" /> : <Copy aria-hidden="true" size={14} />}
    </IconButton>
  );
}
