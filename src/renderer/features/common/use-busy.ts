import { useState } from "react";
import { useApp } from "../../app-context.ts";

/** Runs one thing at a time, for a button that is off meanwhile; a failure becomes a toast. */
export function useBusy(): { isBusy: boolean; run: (work: () => Promise<unknown>) => void } {
  const app = useApp();
  const [isBusy, setIsBusy] = useState(false);
  const run = (work: () => Promise<unknown>): void => {
    if (isBusy) return;
    setIsBusy(true);
    app.attempt(() => work().finally(() => setIsBusy(false)));
  };
  return { isBusy, run };
}
