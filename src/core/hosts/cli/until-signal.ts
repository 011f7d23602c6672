/** Resolves with the first SIGINT, SIGTERM or SIGHUP; the ones after it change nothing: the end is bounded in time. */
export function untilSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, resolve);
  return promise;
}
