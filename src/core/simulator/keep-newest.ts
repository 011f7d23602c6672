/** Far more than anybody looks at; the sandbox itself deletes everything after a day. */
const MAX_KEPT = 1000;

/** Takes the oldest out of a map that only ever grows at its end. */
export function keepNewest(entries: Map<string, unknown>): void {
  for (const oldest of entries.keys()) {
    if (entries.size <= MAX_KEPT) return;
    entries.delete(oldest);
  }
}
