import { describe, expect, it, vi } from "vitest";
import { CLI, runChild, startProgram } from "../../helpers/child.ts";
import { startRunningEngine } from "../../helpers/running-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { startFakeApi } from "../api-video/fake-api.ts";
import { startTestSimulator } from "../simulator/start-test-simulator.ts";

const TRIGGER = [CLI, "trigger", "--real", "upload", "--data-dir"];

/** An api.video that says of each rendition what it is told to say, and sends no events. */
async function startSilentApi(status: string) {
  const webhook = { webhookId: "webhook_1", url: "http://127.0.0.1/", events: ["video.encoding.quality.completed"] };
  return startFakeApi(({ method, path }) => {
    if (path.startsWith("/webhooks") && method === "POST") return { status: 201, body: webhook };
    if (path.startsWith("/webhooks/")) return { body: webhook };
    if (path.startsWith("/webhooks")) return { body: { data: [], pagination: { pagesTotal: 1 } } };
    if (method === "DELETE") return { status: 204 };
    const encoding = { playable: false, qualities: [{ type: "hls", quality: "240p", status }] };
    return { body: { videoId: "vi1", ingest: { status: "ingested" }, encoding } };
  });
}

describe.concurrent("trigger --real upload", () => {
  it("prints each event of the clip as it comes, until all have, and removes the clip", async () => {
    using dir = tempDir();
    await using simulator = await startTestSimulator();
    await using engine = await startRunningEngine({
      ...{ dataDir: dir.path, connect: true },
      ...{ apiKey: "simulator", flags: { api: simulator.url } },
    });

    const { code, stdout, stderr } = await runChild([...TRIGGER, dir.path, "--format", "json"]);

    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ detail }) => detail)).toEqual(["hls 240p", "hls 360p", "hls 480p", "hls 720p", "mp4 720p"]);
    expect(events.every(({ verification }) => verification.state === "verified")).toBe(true);
    expect(stderr.trim().split("\n")).toEqual([
      "Uploading a clip of one second…",
      expect.stringMatching(/^Uploaded to custom: vi\w+, \d+ bytes\. Waiting for its events, 300 s at most…$/),
      "Every rendition that is encoded has its event.",
      "Removed the clip.",
    ]);
    expect(code).toBe(0);
    const { json } = await simulator.call("GET", "/videos");
    expect(json["data"]).toEqual([]);
    expect((await engine.client.call("app.snapshot", {})).registration.phase).toBe("registered");
  });

  it.each([
    ["encoded", "hls 240p is encoded, and no event of it came. `doctor` looks where the way is broken."],
    ["waiting", "hls 240p is not encoded yet. `doctor` looks where the way is broken."],
    ["failed", "api.video could not encode hls 240p."],
  ])("says what is missing where a rendition is %s, ends with 5, and removes the clip", async (status, said) => {
    using dir = tempDir();
    await using api = await startSilentApi(status);
    await using _engine = await startRunningEngine({
      ...{ dataDir: dir.path, connect: true, apiKey: "k", flags: { api: api.url } },
    });

    const { code, stdout, stderr } = await runChild([...TRIGGER, dir.path, "--timeout", "1"]);

    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toContain(said);
    expect(stderr).toContain("Removed the clip.");
    expect(api.calls.filter(({ method }) => method === "DELETE").map(({ path }) => path)).toEqual(["/videos/vi1"]);
  });

  it("is ended by Ctrl-C, and removes the clip all the same", async () => {
    using dir = tempDir();
    await using api = await startSilentApi("encoding");
    await using _engine = await startRunningEngine({
      ...{ dataDir: dir.path, connect: true, apiKey: "k", flags: { api: api.url } },
    });
    await using trigger = startProgram([...TRIGGER, dir.path]);
    await vi.waitFor(() => expect(trigger.stderr()).toContain("Waiting for its events"), { timeout: 10_000 });

    expect(await trigger.end("SIGINT")).toBe(130);

    expect((await trigger.ended).stderr).toMatch(/Removed the clip\.\n$/);
    expect(api.calls.map(({ method, path }) => `${method} ${path}`)).toContain("DELETE /videos/vi1");
  });

  it("says what to do where no inspector runs, where nothing is registered, and of flags that are not for it", async () => {
    using dir = tempDir();
    using other = tempDir();
    await using _engine = await startRunningEngine({ dataDir: other.path });

    const absent = await runChild([...TRIGGER, dir.path]);
    const unregistered = await runChild([...TRIGGER, other.path]);
    const foreign = await runChild([...TRIGGER, other.path, "--signature", "missing"]);
    const simulated = await runChild([CLI, "trigger", "x", "--yes-production", "--data-dir", other.path]);

    expect(absent).toMatchObject({ code: 6, stderr: expect.stringContaining("Start one with `serve`") });
    expect(unregistered).toMatchObject({ code: 2, stderr: expect.stringContaining("Open a tunnel first") });
    expect(foreign).toMatchObject({ code: 2, stderr: expect.stringContaining("--signature is for simulated events.") });
    expect(simulated).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--yes-production is for real events"),
    });
  });
});
