import { describe, expect, it, vi } from "vitest";
import { planScenario, playScenario } from "#shared/api-video/play-scenario.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { CLI, runChild, startProgram } from "../../helpers/child.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { startRunningEngine } from "../../helpers/running-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

/** Plays a scenario in a folder of its own, to its end. */
async function play(...args: string[]) {
  using dir = tempDir();
  const { code, stdout, stderr } = await runChild([
    ...[CLI, "trigger", "--scenario", ...args],
    ...["--format", "json", "--data-dir", dir.path],
  ]);
  const sent: DeliverySummary[] = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  return { code, stderr, sent };
}

describe("trigger --scenario", () => {
  it("sends all events of one video, so much faster, a line each", async () => {
    const { code, stderr, sent } = await play("upload", "--speed", "40");

    expect({ code, stderr }).toEqual({ code: 0, stderr: "upload: 5 events in 1 s. Ctrl-C ends it between two.\n" });
    expect(sent.map(({ detail }) => detail)).toEqual(["hls 240p", "hls 360p", "mp4 720p", "hls 480p", "hls 720p"]);
    expect(new Set(sent.map(({ subject }) => subject.videoId)).size).toBe(1);
    expect(sent.every(({ verification }) => verification.state === "verified")).toBe(true);
  });

  it("sends each event at its time from the start, so much faster", async () => {
    const times: number[] = [];
    const startedAt = performance.now();

    const sent = await playScenario(planScenario("captions"), {
      speed: 100,
      signal: new AbortController().signal,
      send: async () => void times.push(performance.now() - startedAt),
    });

    expect(sent).toBe(7);
    // A timer of Node's may be a millisecond early.
    for (const [index, atMs] of [0, 3_000, 6_000, 7_000, 9_000, 12_000, 14_000].entries()) {
      expect(times[index]).toBeGreaterThanOrEqual(atMs / 100 - 1);
    }
  });

  it("repeats what it sends again byte for byte, as a retry does", async () => {
    const { code, sent } = await play("storm", "--speed", "max");

    expect(code).toBe(0);
    expect(sent).toHaveLength(55);
    expect(sent.filter(({ duplicateOf }) => duplicateOf !== undefined)).toHaveLength(13);
    expect(new Set(sent.map(({ subject }) => subject.videoId)).size).toBe(9);
  });

  it("signs, shapes and sets every event as it is told, with what is set before what the scenario says", async () => {
    await using receiver = await startReceiver();
    using dir = tempDir();
    await using engine = await startRunningEngine({ dataDir: dir.path, flags: { forwardTo: receiver.url } });

    const { code } = await runChild([
      ...[CLI, "trigger", "--scenario", "captions", "--speed", "max", "--data-dir", dir.path],
      ...["--dialect", "tutorial", "--signature", "missing", "--set", "data.title=Mine", "--set", "data.language=fr"],
    ]);

    expect(code).toBe(0);
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(7));
    const { items } = await engine.client.call("deliveries.list", { query: "sig:unsigned" });
    expect(items).toHaveLength(7);
    const bodies = receiver.requests.map(({ body }) => JSON.parse(body.toString()));
    expect(new Set(bodies.map(({ data }) => data.videoId)).size).toBe(1);
    expect(bodies).toContainEqual({
      event: "video.caption.generated",
      data: expect.objectContaining({ title: "Mine", language: "fr" }),
    });
    expect(bodies.map((body) => Object.keys(body))).toEqual(Array(7).fill(["event", "data"]));
  });

  it("ends with Ctrl-C between two events, and says after how many", async () => {
    using dir = tempDir();
    await using trigger = startProgram([CLI, "trigger", "--scenario", "live", "--data-dir", dir.path]);
    await vi.waitFor(() => expect(trigger.stdout()).toContain("live-stream.broadcast.started"), { timeout: 10_000 });

    expect(await trigger.end("SIGINT")).toBe(130);

    expect(trigger.stdout().trim().split("\n")).toHaveLength(1);
    expect(trigger.stderr()).toContain("Stopped after 1 of 8 events.");
  });

  it.each([
    [[], "Name one event, a scenario with --scenario, or --real upload."],
    [
      ["video.caption.generated", "--scenario", "live"],
      "Name one event, a scenario with --scenario, or --real upload.",
    ],
    [["--scenario", "live", "--count", "2"], "--count is for one simulated event."],
    [["video.caption.generated", "--speed", "2"], "--speed is for a scenario (--scenario)."],
    [["--scenario", "live", "--speed", "0"], "Use a factor from 0.1 to 1000, or max."],
    [["--scenario", "lifetime"], "Allowed choices are upload, live, captions, storm"],
  ])("refuses %j, and says what to do", async (args, message) => {
    using dir = tempDir();

    const { code, stdout, stderr } = await runChild([CLI, "trigger", ...args, "--data-dir", dir.path]);

    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
  });
});
