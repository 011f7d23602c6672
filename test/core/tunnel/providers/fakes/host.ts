// node host.ts PID_FILE: holds a child that ignores SIGTERM, and tells its process id. SIGUSR2 makes it exit.
import { startChild } from "#core/tunnel/providers/child-process.ts";

const [, , pidFile = ""] = process.argv;
const script = `process.on("SIGTERM", () => {}); require("node:fs").writeFileSync(${JSON.stringify(`${pidFile}.new`)},
  String(process.pid)); require("node:fs").renameSync(${JSON.stringify(`${pidFile}.new`)}, ${JSON.stringify(pidFile)});
  setInterval(() => {}, 1000);`;
await startChild({ program: process.execPath, args: ["-e", script], env: process.env });
process.on("SIGUSR2", () => process.exit(0));
