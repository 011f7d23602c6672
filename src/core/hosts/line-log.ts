import { describeBug } from "../lib/describe-bug.ts";
import type { Log, LogFields } from "../lib/log.ts";
import { visible } from "./visible.ts";

/** The same once more within this time is only counted: under a flood there would be a line for each delivery. */
const SAME_AGAIN_MS = 1_000;

/**
 * One line per entry: time, level, event, fields as JSON. Of an error it says what describeBug does. Fields may hold words of
 * a relay or a target, which are not to steer the terminal.
 */
export function createLineLog(write: (line: string) => void, minimum: "info" | "warn" = "warn"): Log {
  let last = { text: "", at: 0, more: 0 };

  function line(level: string, event: string, fields: LogFields = {}): void {
    const shown = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const tail = Object.keys(shown).length > 0 ? ` ${JSON.stringify(shown)}` : "";
    const text = visible(`${level} ${event}${tail}`);
    const now = performance.now();
    if (text === last.text && now - last.at < SAME_AGAIN_MS) {
      last.more += 1;
      return;
    }
    const time = new Date().toISOString();
    if (last.more > 0) write(`${time} ${last.text} (${last.more} more)\n`);
    write(`${time} ${text}\n`);
    last = { text, at: now, more: 0 };
  }
  return {
    info(event, fields) {
      if (minimum === "info") line("info", event, fields);
    },
    warn: (event, fields) => line("warn", event, fields),
    error: (event, error, fields) => line("error", event, { ...fields, error: describeBug(error) }),
  };
}
