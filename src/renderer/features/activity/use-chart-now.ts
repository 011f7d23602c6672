import { useEffect, useState } from "react";
import { bucketStart } from "../../state/activity.ts";

/** The longest that a timer is trusted with: a computer that slept wakes up to a clock that has moved on. */
const MAX_WAIT_MS = 60_000;

/** The time, read anew whenever a part of the chart is over: between two of them, nothing of it moves by itself. */
export function useChartNow(bucketMs: number): number {
  const [now, setNow] = useState(Date.now);

  useEffect(() => {
    const nextAt = bucketStart(now, bucketMs) + bucketMs;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(Math.max(nextAt - Date.now(), 1), MAX_WAIT_MS));
    return () => clearTimeout(timer);
  }, [now, bucketMs]);

  return now;
}
