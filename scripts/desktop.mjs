// The window: whether this machine can have one, fetching Electron for it, running it. Nothing here decides what comes instead.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { electronBinary, electronPackage } from "./electron-binary.mjs";

/** The download is some 110 MB; on a line on which it takes longer than this, the browser is the better start. */
const INSTALL_MS = 180_000;
const PROGRESS_EVERY_MS = 10_000;

/** Electron that cannot run (sandbox, libraries, display) ends well within this; a window that a user closed does not fail. */
const EARLY_MS = 5_000;

/** What our own main process ends with when it has already said why it cannot run (src/core/hosts/exit-codes.ts). */
const OWN_EXIT_CODES = new Set([2, 3, 4, 5, 6]);

/**
 * Runs the app in its window. Answers `{ code }`, the exit code of the app, or `{ reason }`: one sentence on why there
 * is no window on this machine and what would help. `machine` is what is asked of the computer: `root` (the project's
 * folder), `node` (to run Electron's installer), `platform`, `uid`, `env`; `signal` ends whatever runs.
 */
export async function runDesktop({ args, machine, say, signal, installMs = INSTALL_MS, earlyMs = EARLY_MS }) {
  const obstacle = findObstacle(machine);
  if (obstacle !== null) return { reason: obstacle };
  const { root, env } = machine;
  if (electronBinary(root, env) === null) {
    // The switch by which npm packages are told to leave Electron's binary alone.
    if (env.ELECTRON_SKIP_BINARY_DOWNLOAD)
      return { reason: "Electron is not here, and ELECTRON_SKIP_BINARY_DOWNLOAD is set." };
    const failure = await installElectron({ machine, say, signal, timeoutMs: installMs });
    if (signal.aborted) return { code: 130 };
    if (failure !== null) return { reason: failure };
  }
  return await runElectron({ binary: electronBinary(root, env), args, machine, signal, earlyMs });
}

/** Why Electron need not even be tried; null where it may work. */
export function findObstacle({ platform, uid, env }) {
  if (platform !== "linux") return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set); in a desktop session a window opens.";
  }
  if (uid === 0) return "Electron does not run as root; started as another user, a window opens.";
  return null;
}

/** Fetches the binary by the package's own installer. Answers null, or why that did not work. */
async function installElectron({ machine, say, signal, timeoutMs }) {
  const { root, node, env } = machine;
  say("Fetching Electron for the window (about 110 MB, this once; Ctrl+C stops)…");
  const started = Date.now();
  const ticker = setInterval(
    () => say(`Still fetching Electron, ${Math.round((Date.now() - started) / 1000)} s…`),
    PROGRESS_EVERY_MS,
  );
  const timeout = AbortSignal.timeout(timeoutMs);
  const child = spawn(node, [join(electronPackage(root), "install.js")], {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "pipe"],
    signal: AbortSignal.any([signal, timeout]),
    killSignal: "SIGKILL",
  });
  const errors = collect(child.stderr);
  const { code } = await ended(child);
  clearInterval(ticker);
  if (timeout.aborted)
    return `Electron did not arrive within ${timeoutMs / 1000} s; ELECTRON_SKIP_BINARY_DOWNLOAD=1 spares the next start the wait.`;
  if (code === 0 && electronBinary(root, env) !== null) return null;
  return `Electron could not be fetched (${firstLine(errors()) ?? `exit code ${code}`}); with internet access a window opens.`;
}

async function runElectron({ binary, args, machine, signal, earlyMs }) {
  // Terminals inside of Electron apps set this, and Electron would then be a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = machine.env;
  const child = spawn(binary, [machine.root, ...args], {
    cwd: machine.root,
    env,
    stdio: ["inherit", "inherit", "pipe"],
  });
  const stop = () => child.kill(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  const early = holdBack(child.stderr, earlyMs);
  const { code, error } = await ended(child);
  signal.removeEventListener("abort", stop);
  const isOwnEnd = code === 0 || OWN_EXIT_CODES.has(code) || signal.aborted;
  if (early.isOver() || isOwnEnd) {
    early.release();
    return { code };
  }
  const why = error?.message ?? early.lastLine() ?? `exit code ${code}`;
  return { reason: `Electron does not run here (${why}).` };
}

/** Keeps what comes within `ms` to itself, then passes everything on: an early end is told in one line instead. */
function holdBack(stream, ms) {
  let held = [];
  const release = () => {
    for (const chunk of held ?? []) process.stderr.write(chunk);
    held = null;
  };
  const timer = setTimeout(release, ms);
  timer.unref();
  stream.on("data", (chunk) => (held === null ? process.stderr.write(chunk) : held.push(chunk)));
  stream.on("close", () => clearTimeout(timer));
  return {
    isOver: () => held === null,
    release,
    lastLine: () => lines(Buffer.concat(held ?? []).toString()).at(-1),
  };
}

function collect(stream) {
  const chunks = [];
  stream.on("data", (chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

/** The code a shell would give; `error` where the program did not even start. */
function ended(child) {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 127, error }));
    child.on("close", (code, signal) => resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0) }));
  });
}

function firstLine(text) {
  return lines(text)[0];
}

function lines(text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
