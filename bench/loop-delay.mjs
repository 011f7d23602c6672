// Loaded before the engine: at SIGUSR2 it writes to the file LOOP_DELAY how long its main thread was held up at most since
// the last time, in milliseconds.
import { renameSync, writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

/** How often it looks, which counts as part of a delay. */
const RESOLUTION_MS = 2;

if (isMainThread) {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  process.on("SIGUSR2", () => {
    const file = process.env["LOOP_DELAY"];
    writeFileSync(`${file}.part`, String(delays.max / 1e6 - RESOLUTION_MS));
    renameSync(`${file}.part`, file);
    delays.reset();
  });
}
