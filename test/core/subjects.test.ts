import { describe, expect, it, vi } from "vitest";
import { startEngine } from "../helpers/start-engine.ts";
import { startTestSimulator } from "./simulator/start-test-simulator.ts";

describe("the commands about subjects", () => {
  it("play a live stream at the simulator, list it with its recording, and look both up", async () => {
    await using started = await startEngine();
    const { client } = started;
    const { subject } = await client.call("simulator.play", { scenario: "live-stream" });

    await vi.waitFor(
      async () => {
        const { subjects } = await client.call("subjects.list", {});
        expect(subjects).toMatchObject([{ subject: { kind: "video" }, liveStreamId: subject.id, deliveries: 6 }, {}]);
      },
      { timeout: 15_000, interval: 200 },
    );
    const { deliveries } = await client.call("subjects.timeline", { subject });
    const [recording] = (await client.call("subjects.list", { kind: "video" })).subjects;

    expect(deliveries.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["live-stream.broadcast.started", "live-stream.broadcast.ended", "video.source.recorded"]),
    );
    expect(await client.call("subjects.lookup", { subject })).toMatchObject({ isBroadcasting: false });
    if (recording === undefined) throw new Error("There is no recording.");
    const found = await client.call("subjects.lookup", { subject: recording.subject });
    expect(found).toMatchObject({ liveStreamId: subject.id, isPlayable: true, title: "A simulated live stream" });
    expect(found.qualities).toHaveLength(5);
  }, 30_000);

  it("say what to do without a key, and where nobody knows the subject", async () => {
    await using simulator = await startTestSimulator();
    await using keyless = await startEngine({ flags: { api: "sandbox" }, connect: false });
    await using keyed = await startEngine({ apiKey: "simulator", flags: { api: simulator.url } });
    const subject = { kind: "video", id: "vi404" } as const;

    await expect(keyless.client.call("subjects.lookup", { subject })).rejects.toMatchObject({
      code: "api.key_missing",
      message: expect.stringContaining("Enter one in Settings"),
    });
    await expect(keyed.client.call("subjects.lookup", { subject })).rejects.toMatchObject({
      code: "api.not_found",
      message: expect.stringContaining("knows no video with this id"),
    });
    await expect(keyed.client.call("simulator.play", { scenario: "video" })).rejects.toMatchObject({
      code: "input.invalid",
    });
  });
});
