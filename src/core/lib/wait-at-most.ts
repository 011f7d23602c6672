/** Resolves when `work` settles or the time is up, whichever comes first; rejects only with what `work` rejects in time. */
export async function waitAtMost(ms: number, work: PromiseLike<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
