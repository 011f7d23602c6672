import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findObstacle, runDesktop } from "../../scripts/desktop.mjs";
import { electronBinary } from "../../scripts/electron-binary.mjs";

const DESKTOP = { DISPLAY: ":0", PATH: process.env["PATH"] };
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "start-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Electron's package as npm leaves it, with an installer of our own. */
async function putInstaller(script: string): Promise<void> {
  await put("node_modules/electron/package.json", "{}");
  await put("node_modules/electron/install.js", script);
}

/** Electron's binary: a shell script that stands for it. */
async function putBinary(script: string): Promise<void> {
  await put("node_modules/electron/dist/electron", `#!/bin/sh\n${script}\n`);
  await chmod(join(root, "node_modules/electron/dist/electron"), 0o755);
  await put("node_modules/electron/path.txt", "electron");
}

async function put(path: string, text: string): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

function run(changes: Partial<Parameters<typeof runDesktop>[0]> = {}, env: NodeJS.ProcessEnv = DESKTOP) {
  const said: string[] = [];
  const result = runDesktop({
    args: ["--listener-port", "0"],
    machine: { root, node: process.execPath, platform: "linux", uid: 1000, env },
    say: (line) => void said.push(line),
    signal: new AbortController().signal,
    ...changes,
  });
  return { result, said };
}

describe("whether there can be a window", () => {
  it.each([
    [{ platform: "linux", uid: 1000, env: {} }, /DISPLAY/],
    [{ platform: "linux", uid: 0, env: DESKTOP }, /root/],
    [{ platform: "linux", uid: 1000, env: DESKTOP }, null],
    [{ platform: "linux", uid: 1000, env: { WAYLAND_DISPLAY: "wayland-0" } }, null],
    [{ platform: "darwin", uid: 501, env: {} }, null],
    [{ platform: "win32", uid: undefined, env: {} }, null],
  ] as const)("is known beforehand for %o", (machine, expected) => {
    const obstacle = findObstacle(machine);

    if (expected === null) expect(obstacle).toBeNull();
    else expect(obstacle).toMatch(expected);
  });

  it("fetches nothing where there is no display", async () => {
    await putInstaller(`require("fs").writeFileSync(${JSON.stringify(join(root, "fetched"))}, "")`);

    const { result, said } = run({}, {});

    expect(await result).toEqual({ reason: expect.stringContaining("no display") });
    expect(said).toEqual([]);
    await expect(readFile(join(root, "fetched"))).rejects.toThrow("ENOENT");
  });
});

describe("Electron's binary", () => {
  it("is missing until the package's installer has finished", async () => {
    await putInstaller("");
    expect(electronBinary(root, {})).toBeNull();

    await put("node_modules/electron/path.txt", "electron");
    expect(electronBinary(root, {})).toBeNull();

    await putBinary("");
    expect(electronBinary(root, {})).toBe(join(root, "node_modules/electron/dist/electron"));
  });

  it("is looked for where ELECTRON_OVERRIDE_DIST_PATH says", async () => {
    await putBinary("");
    await put("elsewhere/electron", "");

    const env = { ELECTRON_OVERRIDE_DIST_PATH: join(root, "elsewhere") };

    expect(electronBinary(root, env)).toBe(join(root, "elsewhere/electron"));
  });

  it("is fetched once, then started", async () => {
    await putInstaller(`
      const { chmodSync, mkdirSync, writeFileSync } = require("fs");
      mkdirSync(__dirname + "/dist");
      writeFileSync(__dirname + "/dist/electron", "#!/bin/sh\\nexit 0\\n");
      chmodSync(__dirname + "/dist/electron", 0o755);
      writeFileSync(__dirname + "/path.txt", "electron");
    `);

    const first = run();
    expect(await first.result).toEqual({ code: 0 });
    const second = run();
    expect(await second.result).toEqual({ code: 0 });

    expect(first.said).toEqual([expect.stringContaining("Fetching Electron")]);
    expect(second.said).toEqual([]);
  });

  it("is not fetched where the user said so", async () => {
    await putInstaller("");

    const { result, said } = run({}, { ...DESKTOP, ELECTRON_SKIP_BINARY_DOWNLOAD: "1" });

    expect(await result).toEqual({ reason: expect.stringContaining("ELECTRON_SKIP_BINARY_DOWNLOAD") });
    expect(said).toEqual([]);
  });

  it("that cannot be fetched is a reason in one line", async () => {
    await putInstaller(`console.error(new TypeError("fetch failed").stack); process.exit(1)`);

    const { reason } = (await run().result) as { reason: string };

    expect(reason).toContain("TypeError: fetch failed");
    expect(reason).not.toContain("\n");
  });

  it("that does not arrive in time is a reason, and its installer is ended", async () => {
    await putInstaller(`setInterval(() => {}, 1000)`);

    const { result } = run({ installMs: 300 });

    expect(await result).toEqual({ reason: expect.stringContaining("did not arrive within 0.3 s") });
  });

  it("is given up for good on Ctrl+C while it is fetched", async () => {
    await putInstaller(`setInterval(() => {}, 1000)`);
    const stop = new AbortController();

    const { result } = run({ signal: stop.signal, say: () => stop.abort("SIGINT") });

    expect(await result).toEqual({ code: 130 });
  });
});

describe("Electron once it is started", () => {
  it("gets the project and the flags, and is never asked to be a plain Node", async () => {
    await putBinary(`echo "$@" "[$ELECTRON_RUN_AS_NODE]" > ${JSON.stringify(join(root, "seen"))}`);

    await run({}, { ...DESKTOP, ELECTRON_RUN_AS_NODE: "1" }).result;

    expect((await readFile(join(root, "seen"), "utf8")).trim()).toBe(`${root} --listener-port 0 []`);
  });

  it("that dies at once is a reason with its last words, in one line", async () => {
    await putBinary(`echo "chatter" >&2; echo "The SUID sandbox helper is not configured" >&2; kill -TRAP $$`);

    const { reason } = (await run().result) as { reason: string };

    expect(reason).toContain("The SUID sandbox helper is not configured");
    expect(reason).not.toContain("chatter");
    expect(reason).not.toContain("\n");
  });

  it("that is no program at all is a reason too", async () => {
    await putBinary("");
    await chmod(join(root, "node_modules/electron/dist/electron"), 0o644);

    expect(await run().result).toEqual({ reason: expect.stringContaining("EACCES") });
  });

  it("that ends with a code of the app has said why itself, and the code is passed on", async () => {
    await putBinary("exit 3");

    expect(await run().result).toEqual({ code: 3 });
  });

  it("that fails after a while has run, and its code is passed on", async () => {
    await putBinary("sleep 0.3; exit 1");

    expect(await run({ earlyMs: 50 }).result).toEqual({ code: 1 });
  });

  it("gets the signal that the launcher gets", async () => {
    await putBinary(`trap 'exit 0' TERM; echo > ${JSON.stringify(join(root, "up"))}; while :; do sleep 0.05; done`);
    const stop = new AbortController();
    const { result } = run({ signal: stop.signal });

    await expect.poll(() => readFile(join(root, "up"), "utf8").catch(() => null)).not.toBeNull();
    stop.abort("SIGTERM");

    expect(await result).toEqual({ code: 0 });
  });
});

describe("npm start without a display", () => {
  it("says in one line why there is no window, serves the app in the browser, and ends in order with a signal", async () => {
    const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
    const script = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));
    const flags = ["--data-dir", join(root, "data"), "--listener-port", "0", "--ui-port", "0", "--no-open"];
    const child = spawn(process.execPath, [script, ...flags], { env });
    const ended = once(child, "exit");
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));

    await expect.poll(() => stdout, { timeout: 60_000 }).toContain("#token=");
    const url = /http:\S+/.exec(stdout.slice(stdout.indexOf("inspector at")))?.[0] ?? "";
    expect((await fetch(url)).status).toBe(200);
    child.kill("SIGTERM");

    expect(await ended).toEqual([0, null]);
    expect(stderr.split("\n").filter((line) => line.includes("no display"))).toHaveLength(1);
  }, 90_000);
});
