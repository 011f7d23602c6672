/**
 * Resolves when `work` settles (true) or the time is up (false), whichever comes first; rejects only with what `work`
 * rejects in time.
 */
export async function waitAtMost(ms: number, work: PromiseLike<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(resolve, ms, "late");
  try {
    return (await Promise.race([work, promise])) !== "late";
  } finally {
    clearTimeout(timer);
  }
}
