/** Milliseconds since 1970 with a fraction. Differences of two readings are good to a few microseconds. */
export interface Clock {
  now(): number;
}

/** More than this between the two sources means that the computer slept or the wall clock was set. */
const MAX_DRIFT_MS = 50;

/**
 * The wall clock with the resolution of the monotonic one: anchored once, and anchored anew when the two drift apart,
 * because the monotonic clock stands still while a computer sleeps.
 */
export function createClock(
  wall: () => number = Date.now,
  monotonic: () => number = performance.now.bind(performance),
): Clock {
  let offset = wall() - monotonic();
  return {
    now() {
      const time = monotonic() + offset;
      const drift = wall() - time;
      if (Math.abs(drift) <= MAX_DRIFT_MS) return time;
      offset += drift;
      return time + drift;
    },
  };
}
