import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

describe("writing fixtures into a folder", () => {
  it("makes the folder and the files, and leaves those alone that are the same", async () => {
    using dir = tempDir();
    await using started = await startEngine();
    const { client, engine } = started;
    for (let n = 0; n < 3; n++) await sendDelivery(engine.listenerUrl);
    const folder = join(dir.path, "fixtures");

    const first = await client.call("export.write", { dir: folder, ids: ["d1", "d2"] });
    const again = await client.call("export.write", { dir: folder, query: "" });

    const { files } = await client.call("export.create", { format: "fixtures", query: "" });
    expect(first).toMatchObject({ written: 2, unchanged: 0, foreign: [], skipped: [] });
    expect(again).toMatchObject({ written: 1, unchanged: 2 });
    expect(readdirSync(folder)).toEqual(files.map(({ name }) => name));
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))).toEqual(
      files.map(({ text }) => text),
    );
  });

  it("replaces a fixture that is another one now, and nothing else that stands at its name", async () => {
    using dir = tempDir();
    await using started = await startEngine();
    const { client, engine } = started;
    for (let n = 0; n < 4; n++) await sendDelivery(engine.listenerUrl);
    const { files } = await client.call("export.create", { format: "fixtures", query: "" });
    const [old, notes, link, folder] = files.map(({ name }) => join(dir.path, name)) as [
      string,
      string,
      string,
      string,
    ];
    writeFileSync(old, '{\n  "format": "apivideo-inspector.fixture/1",\n  "name": "old"\n}\n');
    writeFileSync(notes, "my notes");
    symlinkSync(notes, link);
    mkdirSync(folder);

    const result = await client.call("export.write", { dir: dir.path, query: "" });

    expect(result).toMatchObject({ written: 1, foreign: files.slice(1).map(({ name }) => name) });
    expect(readFileSync(old, "utf8")).toBe(files[0]?.text);
    expect(readFileSync(link, "utf8")).toBe("my notes");
    expect(readdirSync(dir.path)).toHaveLength(4);
  });

  it("says what is wrong with a folder in words", async () => {
    using dir = tempDir();
    await using started = await startEngine();
    const { client, engine } = started;
    await sendDelivery(engine.listenerUrl);
    writeFileSync(join(dir.path, "file"), "");
    const write = (folder: string) => client.call("export.write", { dir: folder, ids: ["d1"] });

    await expect(write(join(dir.path, "a", "b"))).rejects.toMatchObject({
      code: "store.unwritable",
      message: expect.stringMatching(/not there, nor is the folder above it/),
    });
    await expect(write(join(dir.path, "file"))).rejects.toMatchObject({ message: expect.stringMatching(/no folder/) });
    await expect(write("relative")).rejects.toMatchObject({ message: expect.stringMatching(/whole path/) });
  });
});
