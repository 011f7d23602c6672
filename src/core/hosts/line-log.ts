import type { Log, LogFields } from "../lib/log.ts";

/** One line per entry: time, level, event, fields as JSON. An error is logged with its stack. */
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
    error(event, error, fields) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      line("error", event, { ...fields, error: text });
    },
  };
}
