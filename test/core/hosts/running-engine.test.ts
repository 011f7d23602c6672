import { writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ENGINE_FILE, writeEngineRecord } from "#core/hosts/engine-record.ts";
import { findRunning } from "#core/hosts/running-engine.ts";
import { startForeign } from "../../helpers/foreign-server.ts";
import { startRunningEngine } from "../../helpers/running-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

describe("the engine that runs on a folder", () => {
  it("is found by its record, and not any more once it has ended", async () => {
    using dir = tempDir();
    {
      await using running = await startRunningEngine({ dataDir: dir.path });

      const found = await findRunning(dir.path);

      expect(found?.record.pid).toBe(process.pid);
      const snapshot = await found?.client.call("app.snapshot", {});
      expect(snapshot?.listener.url).toBe(running.engine.listenerUrl);
    }
    expect(await findRunning(dir.path)).toBeNull();
  });

  it.each<[string, RequestListener]>([
    ["a page for everything", (_, response) => response.end("<h1>Hello</h1>")],
    ["JSON that is no reply", (_, response) => response.end("{}")],
    ["a way to elsewhere", (_, response) => response.writeHead(307, { Location: "/elsewhere" }).end()],
    ["401, as an engine of another run does", (_, response) => response.writeHead(401).end()],
    ["nothing at all", (_, response) => response.destroy()],
  ])("is none where another program took over pid and port, and answers with %s", async (_what, answer) => {
    using dir = tempDir();
    await using foreign = await startForeign(answer);
    await writeEngineRecord(dir.path, { pid: process.pid, url: foreign.url, token: "stale" });

    expect(await findRunning(dir.path)).toBeNull();

    expect(foreign.asked).toEqual(["POST /api/call/settings.get"]);
  });

  it.each([
    ["half of one", '{"pid":1,"url":"http://127.0'],
    ["of another machine", JSON.stringify({ pid: process.pid, url: "http://192.0.2.1:4040", token: "x" })],
    ["of something else", JSON.stringify({ pid: process.pid, url: "file:///etc/passwd", token: "x" })],
    ["of a process that is gone", JSON.stringify({ pid: 2 ** 30, url: "http://127.0.0.1:1", token: "x" })],
  ])("is none where the record is %s", async (_what, text) => {
    using dir = tempDir();
    await writeFile(join(dir.path, ENGINE_FILE), text);

    expect(await findRunning(dir.path)).toBeNull();
  });
});
