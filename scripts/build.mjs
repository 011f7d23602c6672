// Builds main, preload, renderer and command line into out/ when the sources changed since the last build.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { projectEnv, root } from "./project-node.mjs";

const STAMP = join(root, "out", ".sources");
const LOCK = join(root, "node_modules", ".inspector-build");
const SOURCES = [
  ...["src", "electron.vite.config.ts", "package-lock.json", "package.json"],
  ...["tsconfig.json", "tsconfig.library.json", "scripts/engine-threads.ts"],
];
const STALE_LOCK_MS = 120_000;

/** Builds unless out/ was built from these very sources. Only one build runs at a time. `log` gets one line. */
export async function buildIfNeeded({ log = (line) => process.stderr.write(`${line}\n`) } = {}) {
  const sources = fingerprint();
  if (isBuilt(sources)) return;
  await withLock(async () => {
    if (isBuilt(sources)) return;
    log("Building (once, and again when the sources change)…");
    const started = Date.now();
    await build();
    writeFileSync(STAMP, sources);
    log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  });
}

function isBuilt(sources) {
  try {
    return readFileSync(STAMP, "utf8") === sources;
  } catch {
    return false;
  }
}

/** A hash over names and contents, so that a checkout of older files counts as a change too. */
function fingerprint() {
  const hash = createHash("sha256");
  const add = (path) => {
    const full = join(root, path);
    if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) add(join(path, name));
    else hash.update(path).update("\0").update(readFileSync(full)).update("\0");
  };
  for (const path of SOURCES) add(path);
  return hash.digest("hex");
}

/** The library apart: it runs on older Nodes than the engine, in whatever runs its user's tests, with types of its own. */
async function build() {
  await run("electron-vite", ["build", "--logLevel", "warn"]);
  await run("tsc", ["-p", "tsconfig.library.json"]);
}

async function run(tool, args) {
  const child = spawn(tool, args, {
    cwd: root,
    env: projectEnv({ NODE_ENV: "production" }),
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`The build failed:\n${output}`);
}

/** A folder as lock: creating it either succeeds or shows that somebody else is building. */
async function withLock(work) {
  const deadline = Date.now() + STALE_LOCK_MS;
  for (;;) {
    try {
      mkdirSync(LOCK);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (Date.now() > deadline || isStale()) rmSync(LOCK, { recursive: true, force: true });
      await wait(100);
    }
  }
  try {
    await work();
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

function isStale() {
  try {
    return Date.now() - statSync(LOCK).mtimeMs > STALE_LOCK_MS;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfNeeded();
