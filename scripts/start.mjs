// npm start: the app in its window; where there can be none, the same app with its UI in the browser. Runs on Node 20.19.
import { buildIfNeeded } from "./build.mjs";
import { runDesktop } from "./desktop.mjs";
import { projectNode, root } from "./project-node.mjs";
import { runEngine } from "./run-engine.mjs";

/** A line of JSON, a key on standard input, a run that leaves nothing: what only `serve` has. Who asks for it is a script. */
const SERVE_FLAGS = ["--json", "--api-key-stdin", "--standalone"];

const args = process.argv.slice(2);
const say = (line) => process.stderr.write(`${line}\n`);

try {
  await buildIfNeeded({ log: say });
  process.exit(await start());
} catch (error) {
  say(`apivideo-inspector: ${error.message}`);
  process.exit(1);
}

async function start() {
  if (!SERVE_FLAGS.some((flag) => args.includes(flag))) {
    const desktop = await withSignals((signal) => runDesktop({ args, machine: machine(), say, signal }));
    if (desktop.code !== undefined) return desktop.code;
    say(`${desktop.reason} The same app is served to the browser instead.`);
  }
  return await runEngine(["serve", ...args]);
}

function machine() {
  return { root, node: projectNode(), platform: process.platform, uid: process.getuid?.(), env: process.env };
}

/** Turns the signals that end a program into an abort whose reason is the signal's name, for as long as `work` takes. */
async function withSignals(work) {
  const stop = new AbortController();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const abort = (signal) => stop.abort(signal);
  for (const signal of signals) process.on(signal, abort);
  try {
    return await work(stop.signal);
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}
