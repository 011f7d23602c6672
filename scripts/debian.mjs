// Debian's packages, installed where this machine is a Debian and ours to change: as root, and nowhere else.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

/** A machine without a network is to notice it soon. */
const IN_TIME = "-o Acquire::http::Timeout=15 -o Acquire::https::Timeout=15 -o Acquire::Retries=0";
// Nobody needs these to survive a loss of power, and flushing each file takes longer than unpacking it.
const INSTALL = `apt-get ${IN_TIME} install -y -qq --no-install-recommends -o Dpkg::Options::=--force-unsafe-io`;

export function mayInstall() {
  return process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/** Resolves with whether all of them are there now. Only one at a time: each locks what the others need. */
export function install(packages, { updatesLists = false } = {}) {
  // In one shell, so that nothing of ours, which may be busy, is needed in between.
  const update = updatesLists ? `apt-get ${IN_TIME} update -qq && ` : "";
  const child = spawn("sh", ["-c", `${update}exec ${INSTALL} "$@"`, "sh", ...packages], {
    stdio: "ignore",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return new Promise((resolve) => {
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}
