import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { createClient } from "#shared/contract/client.ts";
import { createHttpConnection } from "#shared/contract/http-connection.ts";
import { newDelivery, openTestStore } from "../core/store/test-store.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { CLI, startChild } from "../helpers/child.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const LARGE = "x".repeat(3_000_000);

/** What takes the room that is left, and gives it back; null where this machine does not let us. */
interface Disk extends Disposable {
  readonly path: string;
  makeRoom(pid: number): void;
  takeRoom(pid: number): void;
}

/** A file system of its own; to mount one takes root on Linux. */
function smallDisk(): Disk | null {
  const dir = tempDir();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", dir.path], { stdio: "ignore" });
  } catch {
    dir[Symbol.dispose]();
    return null;
  }
  return {
    path: dir.path,
    takeRoom() {},
    makeRoom: () => void execFileSync("mount", ["-o", "remount,size=40m", dir.path]),
    [Symbol.dispose]() {
      execFileSync("umount", [dir.path]);
      dir[Symbol.dispose]();
    },
  };
}

/** A quota: no file of the process grows beyond it. */
function quota(): Disk | null {
  try {
    execFileSync("prlimit", ["--version"], { stdio: "ignore" });
  } catch {
    return null;
  }
  const dir = tempDir();
  const limit = (pid: number, bytes: string) => execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:`]);
  return {
    path: dir.path,
    takeRoom: (pid) => void limit(pid, "1000000"),
    makeRoom: (pid) => void limit(pid, "100000000"),
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}

async function startServe(dataDir: string) {
  const args = ["--data-dir", dataDir, "--listener-port", "0", "--ui-port", "0"];
  const child = await startChild([CLI, "serve", "--json", "--no-open", ...args]);
  const { uiUrl = "", token = "", listenerUrl = "" } = child.ready;
  const client = createClient(createHttpConnection({ find: () => ({ url: new URL(uiUrl).origin, token }), fetch }));
  return { child, client, listenerUrl, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}

it.for([
  ["is full", smallDisk, "The disk is full"],
  ["lets no file grow", quota, "they cannot be kept"],
] as const)(
  "a disk that %s has deliveries turned away and said so; what was acknowledged stays, and it heals by itself",
  async ([, open, words], { skip }) => {
    using disk = open();
    if (disk === null) return skip("this machine does not let a test make a disk small");
    await using started = await startServe(disk.path);
    const { client, child, listenerUrl } = started;
    const pid = child.process.pid ?? 0;
    const acknowledged = [];
    for (const n of [1, 2, 3]) acknowledged.push((await sendDelivery(listenerUrl, { body: `{"n":${n}}` })).status);

    disk.takeRoom(pid);
    for (let n = 0; n < 3; n++) {
      const refused = await sendDelivery(listenerUrl, { body: LARGE });
      expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "1"]);
    }
    expect((await client.call("app.snapshot", {})).problems).toMatchObject([{ id: "storage" }]);
    expect(JSON.stringify((await client.call("app.snapshot", {})).problems)).toContain(words);
    disk.makeRoom(pid);
    acknowledged.push((await sendDelivery(listenerUrl, { body: LARGE })).status);

    await vi.waitFor(async () => expect((await client.call("app.snapshot", {})).problems).toEqual([]), 10_000);
    expect(acknowledged).toEqual([202, 202, 202, 202]);
    expect(child.stderr()).not.toMatch(/\n\s+at /);
    // Ended as by a power cut.
    await child.end("SIGKILL");
    await using store = await openTestStore(disk.path);
    const { items } = await store.list("", {}, 10);
    expect(items.map(({ bodyBytes }) => bodyBytes)).toEqual([LARGE.length, 7, 7, 7]);
  },
);

it("a disk that was full before the start is named, and has all it had once there is room", async ({ skip }) => {
  using disk = smallDisk();
  if (disk === null) return skip("this machine does not let a test make a disk small");
  {
    await using store = await openTestStore(disk.path);
    await store.append(newDelivery("kept"));
  }
  fill(join(disk.path, "other"));

  await expect(startServe(disk.path)).rejects.toThrow(/ended with 3: .*The disk is full.*Free some space/);
  disk.makeRoom(0);

  await using started = await startServe(disk.path);
  expect((await started.client.call("deliveries.list", {})).items).toMatchObject([{ id: "d1", bodyBytes: 4 }]);
});

/** With what takes the room to the last block. */
function fill(file: string): void {
  for (const bytes of [65_536, 4_096]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes));
    } catch {
      // No room for as much.
    }
  }
}
