const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Resolves with the first SIGINT, SIGTERM or SIGHUP; the ones after it change nothing: the end is bounded in time. */
export function untilSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of SIGNALS) process.on(signal, resolve);
  return promise;
}

/** Aborts with the first of them. */
export function abortOnSignal(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => interrupted.abort());
  return interrupted.signal;
}
