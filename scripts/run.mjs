// node scripts/run.mjs TOOL ARGS...: a tool of node_modules/.bin, under the project's own Node.
import { spawn } from "node:child_process";
import { projectEnv, root } from "./project-node.mjs";

const [tool, ...args] = process.argv.slice(2);
const child = spawn(tool, args, {
  stdio: "inherit",
  cwd: root,
  env: projectEnv(),
  shell: process.platform === "win32",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
