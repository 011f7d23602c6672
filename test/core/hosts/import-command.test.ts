import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { CLI, runChild } from "../../helpers/child.ts";
import { startRunningEngine } from "../../helpers/running-engine.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const EVENTS = [CLI, "events"];

/** How the command is run on a folder; one after the other, for each holds it. */
function eventsOn(path: string) {
  return (command: string, args: readonly string[] = [], stdin = "") =>
    runChild([...EVENTS, command, ...args, "--data-dir", path], {}, stdin);
}

/** Exports of a folder that has `count` deliveries. */
async function exportsOf(path: string, count: number): Promise<{ jsonl: string; har: string }> {
  await using started = await startEngine({ dataDir: path });
  for (let n = 1; n <= count; n++) {
    await sendDelivery(started.engine.listenerUrl, { body: encodingEvent({ quality: `${n}p` }) });
  }
  const create = async (format: "jsonl" | "har") =>
    (await started.client.call("export.create", { format, query: "" })).files[0]?.text ?? "";
  return { jsonl: await create("jsonl"), har: await create("har") };
}

describe("events import", () => {
  it("imports a file by its name, stdin by how it begins, and nothing twice", async () => {
    using from = tempDir();
    using to = tempDir();
    const { jsonl, har } = await exportsOf(from.path, 3);
    const file = join(from.path, "deliveries.jsonl");
    writeFileSync(file, jsonl);
    const events = eventsOn(to.path);

    const first = await events("import", [file]);
    const again = await events("import", ["-"], har);
    const list = await events("list", ["is:imported", "--format", "json"]);

    expect(first).toEqual({ code: 0, stdout: "3 imported\n", stderr: "" });
    expect(again).toEqual({ code: 0, stdout: "0 imported, 3 already here\n", stderr: "" });
    expect(list.stdout.trimEnd().split("\n")).toHaveLength(3);
  });

  it("names what it leaves out by line or entry, and ends with 2", async () => {
    using to = tempDir();
    const events = eventsOn(to.path);
    const line = JSON.stringify({ method: "POST", path: "/", headers: [], bodyBase64: "" });

    const text = await events("import", ["-", "--as", "jsonl"], `${line}\n\noops\n${line}\n`);
    const json = await events("import", ["-", "--format", "json"], '{ "log": {"entries": [{}]}}');

    expect(text).toEqual({ code: 2, stdout: "2 imported, 1 left out\n", stderr: "left out  line 3: It is no JSON.\n" });
    expect(json).toMatchObject({ code: 2, stderr: "left out  entry 1: It has no request.\n" });
    expect(JSON.parse(json.stdout)).toMatchObject({ imported: 0, skipped: [{ number: 1 }] });
  });

  it("says what it cannot read at all", async () => {
    using dir = tempDir();
    const events = eventsOn(dir.path);
    const file = join(dir.path, "image.png");
    writeFileSync(file, Buffer.from([0x89, 0x50, 0xff]));

    expect(await events("import", [file])).toMatchObject({ code: 2, stderr: expect.stringContaining("is no text") });
    expect(await events("import", ["-", "--as", "har"], "{}")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("This is no HAR"),
    });
    expect(await events("import", [join(dir.path, "none.har")])).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("events delete", () => {
  it("deletes by id, which can be undone while the inspector runs", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    for (let n = 0; n < 3; n++) await sendDelivery(started.engine.listenerUrl);
    const events = eventsOn(dir.path);

    const deleted = await events("delete", ["d1", "d3", "d9"]);
    const total = async () => (await started.client.call("deliveries.list", {})).total;

    expect(deleted).toMatchObject({ code: 4, stdout: expect.stringMatching(/^2 deliveries deleted, 1 not there\n/) });
    expect(deleted.stdout).toContain("apivideo-inspector events restore d1 d3 d9");
    expect(await total()).toBe(1);
    expect(await events("restore", ["d1", "d3"])).toEqual({ code: 0, stdout: "2 deliveries restored\n", stderr: "" });
    expect(await total()).toBe(3);
    expect(await events("restore", ["d1"])).toMatchObject({ code: 4 });
  });

  it("deletes what a search finds only where it is said so", async () => {
    using dir = tempDir();
    await exportsOf(dir.path, 2);
    const events = eventsOn(dir.path);

    const asked = await events("delete", ["--query", "quality=2p"]);
    const sure = await events("delete", ["--query", "quality=2p", "--yes", "--format", "json"]);
    const nothing = await events("delete", ["--query", "quality=2p", "--yes"]);
    const undo = await events("restore", ["d2"]);

    expect(asked).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/1 delivery would .*--yes/) });
    expect(sure).toEqual({ code: 0, stdout: '{"ids":["d2"],"deleted":1}\n', stderr: "" });
    expect(nothing).toMatchObject({ code: 4, stderr: expect.stringContaining("No delivery fits") });
    expect(undo).toMatchObject({ code: 6, stderr: expect.stringContaining("No inspector runs") });
    expect((await events("list")).stdout).toMatch(/^d1 .*\n$/);
  });

  it.each([[[]], [["d1", "--query", "type:video"]], [["video"]], [["--query", " ", "--yes"]]])(
    "is refused for %j",
    async (args) => {
      using dir = tempDir();

      expect(await eventsOn(dir.path)("delete", args)).toMatchObject({ code: 2, stdout: "" });
    },
  );
});
