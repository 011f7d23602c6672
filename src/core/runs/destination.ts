import type { Clock } from "../lib/clock.ts";

/** How long an answer holds: a server that gets an address, or a host that is allowed meanwhile, is found soon. */
const GOOD_FOR_MS = 3_000;

/** Looks up where a run's target leads once every few seconds, not for each of ten thousand sendings. */
export function createDestination<D>(clock: Clock, resolve: () => Promise<D>): () => Promise<D> {
  let last: { readonly at: number; readonly found: Promise<D> } | null = null;
  return () => {
    if (last === null || clock.now() - last.at > GOOD_FOR_MS) last = { at: clock.now(), found: resolve() };
    return last.found;
  };
}
