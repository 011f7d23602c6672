import { describeBug } from "../lib/describe-bug.ts";
import type { Log, LogFields } from "../lib/log.ts";

/** One line per entry: time, level, event, fields as JSON. Of an error it says what describeBug does. */
export function createLineLog(write: (line: string) => void, minimum: "info" | "warn" = "warn"): Log {
  function line(level: string, event: string, fields: LogFields = {}): void {
    const shown = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const tail = Object.keys(shown).length > 0 ? ` ${JSON.stringify(shown)}` : "";
    write(`${new Date().toISOString()} ${level} ${event}${tail}\n`);
  }
  return {
    info(event, fields) {
      if (minimum === "info") line("info", event, fields);
    },
    warn: (event, fields) => line("warn", event, fields),
    error: (event, error, fields) => line("error", event, { ...fields, error: describeBug(error) }),
  };
}
