import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const WAIT = { timeout: 10_000 };

/** The deliveries whose fixtures are in a folder, by the ids in their names. */
function idsIn(dir: string): string[] {
  return readdirSync(dir).map((name) => /^\d+-\d+-(d\d+)-/.exec(name)?.[1] ?? name);
}

/** Without those that are still being written. */
function writtenIn(dir: string): string[] {
  return readdirSync(dir).filter((name) => !name.startsWith("."));
}

describe("the fixture folder", () => {
  it("gets what matches its search while it comes, and nothing else", async () => {
    using dir = tempDir();
    await using started = await startEngine();
    const { client, engine } = started;
    const folder = join(dir.path, "live");
    await sendDelivery(engine.listenerUrl, { body: encodingEvent({ quality: "720p" }) });
    await client.call("settings.update", { fixtureFolder: { dir: folder, query: "quality=720p" } });

    for (const quality of ["480p", "720p", "1080p", "720p"]) {
      await sendDelivery(engine.listenerUrl, { body: encodingEvent({ quality }) });
    }

    await vi.waitFor(() => expect(idsIn(folder)).toEqual(["d3", "d5"]), WAIT);
  });

  it("does not get what is imported, which came before", async () => {
    using dir = tempDir();
    await using started = await startEngine();
    const { client, engine } = started;
    await sendDelivery(engine.listenerUrl, { body: encodingEvent({ quality: "480p" }) });
    const { files } = await client.call("export.create", { format: "jsonl", query: "" });
    await client.call("deliveries.delete", { ids: ["d1"] });
    await client.call("settings.update", { fixtureFolder: { dir: dir.path, query: "" } });

    await client.call("import.read", { format: "jsonl", text: files[0]?.text ?? "" });
    await sendDelivery(engine.listenerUrl);

    await vi.waitFor(() => expect(idsIn(dir.path)).toEqual(["d3"]), WAIT);
  });

  it("gets what comes to match later: by the answer of one's server, or by a pin", async () => {
    using dir = tempDir();
    await using receiver = await startReceiver();
    await using started = await startEngine();
    const { client, engine } = started;
    receiver.status = 500;
    await client.call("settings.update", {
      forwardTo: receiver.url,
      fixtureFolder: { dir: dir.path, query: "status:500" },
    });
    await sendDelivery(engine.listenerUrl);
    await vi.waitFor(() => expect(idsIn(dir.path)).toEqual(["d1"]), WAIT);

    await client.call("settings.update", { forwardTo: null, fixtureFolder: { dir: dir.path, query: "is:pinned" } });
    await sendDelivery(engine.listenerUrl);
    await client.call("deliveries.pin", { id: "d2", pinned: true });

    await vi.waitFor(() => expect(idsIn(dir.path)).toEqual(["d1", "d2"]), WAIT);
  });

  it("leaves what was edited in it as it is, whatever becomes of the delivery", async () => {
    using dir = tempDir();
    await using started = await startEngine({ connect: false });
    await started.client.call("settings.update", { fixtureFolder: { dir: dir.path, query: "" } });
    await sendDelivery(started.engine.listenerUrl);
    await vi.waitFor(() => expect(writtenIn(dir.path)).toHaveLength(1));
    const file = join(dir.path, writtenIn(dir.path)[0] ?? "");
    const edited = readFileSync(file, "utf8").replace('"headers"', '"expect": "2xx,404",\n  "headers"');
    writeFileSync(file, edited);

    await started.client.call("deliveries.pin", { id: "d1", pinned: true });
    await sendDelivery(started.engine.listenerUrl);
    await vi.waitFor(() => expect(writtenIn(dir.path)).toHaveLength(2));

    expect(readFileSync(file, "utf8")).toBe(edited);
  });

  it("says so where it cannot be written to, holds nothing up, and goes on by itself", async () => {
    using dir = tempDir();
    await using started = await startEngine();
    const { client, engine } = started;
    const folder = join(dir.path, "above", "live");
    await client.call("settings.update", { fixtureFolder: { dir: folder, query: "" } });
    const problems = async () => (await client.call("app.snapshot", {})).problems.map(({ id }) => id);
    await vi.waitFor(async () => expect(await problems()).toEqual(["fixture-folder"]), WAIT);

    for (let n = 0; n < 3; n++) expect((await sendDelivery(engine.listenerUrl)).status).toBe(202);
    const [problem] = (await client.call("app.snapshot", {})).problems;
    expect(problem?.message).toMatch(/above\/live is not there.*tried again/);
    mkdirSync(join(dir.path, "above"));

    await vi.waitFor(() => expect(idsIn(folder)).toEqual(["d1", "d2", "d3"]), WAIT);
    expect(await problems()).toEqual([]);

    // And once more, when it goes in the midst of it.
    rmSync(join(dir.path, "above"), { recursive: true });
    writeFileSync(join(dir.path, "above"), "");
    await sendDelivery(engine.listenerUrl);
    await vi.waitFor(async () => expect(await problems()).toEqual(["fixture-folder"]), WAIT);
    rmSync(join(dir.path, "above"));
    mkdirSync(folder, { recursive: true });
    await vi.waitFor(() => expect(idsIn(folder)).toEqual(["d4"]), WAIT);
  });

  it("has no problem any more once nothing is to be written", async () => {
    using dir = tempDir();
    await using started = await startEngine();
    const { client } = started;
    await client.call("settings.update", { fixtureFolder: { dir: join(dir.path, "a", "b"), query: "" } });
    const problems = async () => (await client.call("app.snapshot", {})).problems.length;
    await vi.waitFor(async () => expect(await problems()).toBe(1), WAIT);

    await client.call("settings.update", { fixtureFolder: null });

    expect(await problems()).toBe(0);
  });

  it("keeps its files when deliveries are cleared or everything is erased", async () => {
    using dir = tempDir();
    await using started = await startEngine();
    const { client, engine } = started;
    await client.call("settings.update", { fixtureFolder: { dir: dir.path, query: "" } });
    await sendDelivery(engine.listenerUrl);
    await vi.waitFor(() => expect(idsIn(dir.path)).toEqual(["d1"]), WAIT);

    await client.call("deliveries.clear", {});
    await client.call("app.erase", { confirm: "erase everything" });

    expect(idsIn(dir.path)).toEqual(["d1"]);
    expect((await client.call("settings.get", {})).values.fixtureFolder).toBeNull();
  });

  it("has all that was captured when the app is closed at once", async () => {
    using dir = tempDir();
    {
      await using started = await startEngine();
      await started.client.call("settings.update", { fixtureFolder: { dir: dir.path, query: "" } });
      for (let n = 0; n < 20; n++) await sendDelivery(started.engine.listenerUrl);
    }

    expect(readdirSync(dir.path)).toHaveLength(20);
  });

  it("takes a whole path and a search that can be read only", async () => {
    await using started = await startEngine();
    const update = (dir: string, query: string) =>
      started.client.call("settings.update", { fixtureFolder: { dir, query } });

    await expect(update("fixtures", "")).rejects.toMatchObject({ message: expect.stringContaining("whole path") });
    await expect(update("/tmp/x", "sig:fialed")).rejects.toMatchObject({ message: expect.stringContaining("sig:") });
  });
});
