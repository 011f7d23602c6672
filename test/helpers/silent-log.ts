import type { Log } from "#core/lib/log.ts";

/** A log that keeps its lines, for tests that look at them. */
export function silentLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    info: (event, fields) => void lines.push(`info ${event} ${JSON.stringify(fields ?? {})}`),
    warn: (event, fields) => void lines.push(`warn ${event} ${JSON.stringify(fields ?? {})}`),
    error: (event, error, fields) => void lines.push(`error ${event} ${error} ${JSON.stringify(fields ?? {})}`),
  };
}
