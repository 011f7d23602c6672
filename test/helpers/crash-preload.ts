import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** How it is to end: by whom what is thrown, or all of Node at once. */
export type Crash = "exception" | "rejection" | "thread-exception" | "thread-rejection" | "abort" | "out-of-memory";

/**
 * Crashes the process that it is loaded into before anything else, at SIGUSR2. What is thrown has all that the process
 * may know in its message, its stack, its cause and its properties: environment, saved secrets, token, and the headers
 * of all requests that it was sent.
 */
const PRELOAD = `
import { subscribe } from "node:diagnostics_channel";
import { readFileSync } from "node:fs";
import { BroadcastChannel, isMainThread } from "node:worker_threads";

const { CRASH, CRASH_READS } = process.env;
const order = new BroadcastChannel("crash");
order.unref();
const seen = [];

function broken(known) {
  const error = new TypeError(known, { cause: new Error(known) });
  error.stack += "\\n    at " + known + "\\n    at read (file:///" + known + ".js:1:1)";
  error.code = known;
  error.name = known;
  return Object.assign(error, { known, request: { headers: known } });
}

function crash(kind, known) {
  if (kind === "rejection") Promise.reject(broken(known));
  else setImmediate(() => { throw broken(known); });
}

if (isMainThread) {
  subscribe("http.server.request.start", ({ request }) => seen.push(request.rawHeaders));
  process.on("SIGUSR2", () => {
    const files = CRASH_READS.split(",").map((path) => readFileSync(path, "utf8"));
    const known = [JSON.stringify(process.env), JSON.stringify(seen), ...files].join(" ");
    if (CRASH === "abort") process.abort();
    if (CRASH === "out-of-memory") for (;;) seen.push(new Array(100_000).fill(known + seen.length));
    if (CRASH.startsWith("thread-")) order.postMessage(known);
    else crash(CRASH, known);
  });
} else order.onmessage = ({ data }) => crash(CRASH.slice("thread-".length), data);
`;

/** The environment of a process that is to crash so at SIGUSR2; `reads` are files whose content it then knows. */
export function crashEnv(
  folder: string,
  crash: Crash,
  { reads, flags = [] }: { readonly reads: readonly string[]; readonly flags?: readonly string[] },
): Record<string, string> {
  const path = join(folder, "crash.mjs");
  writeFileSync(path, PRELOAD);
  return {
    NODE_OPTIONS: [`--import=${pathToFileURL(path).href}`, ...flags].join(" "),
    CRASH: crash,
    CRASH_READS: reads.join(),
  };
}
