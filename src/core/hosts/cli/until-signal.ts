import { endWithReader, exitCodeOf } from "./reader-gone.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Resolves with the first SIGINT, SIGTERM or SIGHUP, or with SIGPIPE when nobody reads the output any more; the ones
 * after it change nothing: the end is bounded in time.
 */
export function untilSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of SIGNALS) process.on(signal, resolve);
  process.stdout.off("error", endWithReader).once("error", (error: NodeJS.ErrnoException) => {
    // What is written until the end fails as well.
    process.stdout.on("error", () => {});
    process.exitCode = exitCodeOf(error);
    resolve("SIGPIPE");
  });
  return promise;
}

/** Aborts with the first signal of the three. */
export function abortOnSignal(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => interrupted.abort());
  return interrupted.signal;
}
