import { useEffect, useState } from "react";

/** The time, read anew every `everyMs` as long as `isNeeded`: for what counts up or down on screen. */
export function useNow(everyMs: number, isNeeded: boolean): number {
  const [now, setNow] = useState(Date.now);

  useEffect(() => {
    if (!isNeeded) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, isNeeded]);

  return now;
}
