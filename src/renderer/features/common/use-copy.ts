import { useEffect, useState } from "react";
import { useApp } from "../../app-context.ts";

const SHOWN_MS = 1_500;

/** Copies a text, and says for a moment that it did; null where the host has no clipboard. */
export function useCopy(text: string): { readonly isDone: boolean; readonly copy: () => void } | null {
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
  return { isDone, copy };
}
