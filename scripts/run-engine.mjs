import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { COMPILE_CACHE, ENGINE_FLAGS, projectNode, root } from "./project-node.mjs";

/**
 * Runs the built command line under the project's Node and answers its exit code. Signals are passed on; when this
 * process is killed, the broken channel tells the engine to end in good order.
 */
export function runEngine(args) {
  const child = spawn(projectNode(), [...ENGINE_FLAGS, join(root, "out/main/cli.js"), ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
