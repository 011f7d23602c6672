import type { Clock } from "../lib/clock.ts";

/** How long an answer holds: a server that gets an address, or a host that is allowed meanwhile, is found soon. */
const GOOD_FOR_MS = 3_000;

/** Looks up where a run's targets lead once every few seconds, not for each of ten thousand sendings. */
export function createDestinations<D>(
  clock: Clock,
  resolve: (target: string) => Promise<D>,
): (target: string) => Promise<D> {
  // A run has one target, or those that a few routes name.
  const known = new Map<string, { readonly at: number; readonly found: Promise<D> }>();
  return (target) => {
    const last = known.get(target);
    // Where the clock was set back, nobody knows how old it is.
    const ageMs = last === undefined ? 0 : clock.now() - last.at;
    if (last !== undefined && ageMs >= 0 && ageMs <= GOOD_FOR_MS) return last.found;
    const found = resolve(target);
    known.set(target, { at: clock.now(), found });
    return found;
  };
}
