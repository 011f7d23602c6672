import { describe, expect, it } from "vitest";
import { startBoth } from "../../../helpers/mcp-client.ts";
import { startReceiver } from "../../../helpers/receiver.ts";
import { tempDir } from "../../../helpers/temp-dir.ts";

describe("what an agent sends", () => {
  it("goes where the app forwards to, with the answer and what became of it", async () => {
    await using receiver = await startReceiver();
    receiver.status = 401;
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path, flags: { forwardTo: receiver.url } });
    const { agent } = both;
    await agent.call("trigger_event", { type: "video.caption.generated", signature: "wrong-secret" });
    await agent.call("wait_for_delivery", { query: "status:401", after: "d0" });

    const refused = await agent.call("replay_delivery", { id: "d1" });
    receiver.status = 200;
    const accepted = await agent.call("replay_delivery", { id: "d1" });

    expect(refused.facts).toMatchObject({ verdict: "same", attempt: { status: 401, verdict: "refused" } });
    expect(accepted.facts).toMatchObject({ verdict: "fixed", attempt: { status: 200, verdict: "accepted" } });
    expect(accepted.captured).toMatch(/^Answer 200 .*\n(.+\n)*\nBody, \d+ bytes as text:\ngot it 3$/i);
    expect(receiver.requests).toHaveLength(3);
    expect(receiver.requests[0]?.body).toEqual(receiver.requests[2]?.body);
  });

  it("goes to a configured target by its name or URL, and to no other", async () => {
    await using receiver = await startReceiver();
    await using stranger = await startReceiver();
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path, flags: { forwardTo: "http://127.0.0.1:9" } });
    const { started, agent } = both;
    await started.client.call("settings.update", { targets: [{ name: "dev", url: receiver.url, headers: [] }] });
    await agent.call("trigger_event", { type: "video.caption.generated" });

    const byName = await agent.call("replay_delivery", { id: "d1", target: "DEV" });
    const byUrl = await agent.call("replay_delivery", { id: "d1", target: `${receiver.url}/` });
    const down = await agent.call("replay_delivery", { id: "d1", target: "http://127.0.0.1:9" });
    const others = [
      stranger.url,
      new URL(stranger.url).port,
      `${receiver.url}/elsewhere`,
      "dev2",
      "http://169.254.169.254",
    ];
    const refusals = await Promise.all(others.map((target) => agent.call("replay_delivery", { id: "d1", target })));

    for (const sent of [byName, byUrl])
      expect(sent.facts).toMatchObject({ attempt: { targetName: "dev", status: 200 } });
    expect(down.facts).toMatchObject({ attempt: { status: null, reason: "refused", verdict: "unreachable" } });
    for (const { isError, texts } of refusals) {
      expect({ isError, texts }).toEqual({
        isError: true,
        texts: [expect.stringMatching(/^replay\.target_refused: .*agents send nowhere else\. Use "dev", or leave/)],
      });
    }
    expect([receiver.requests.length, stranger.requests.length]).toEqual([2, 0]);
  });

  it("is refused by the engine where a person has configured a host and not allowed it", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path });
    const { started, agent } = both;
    await started.client.call("settings.update", {
      targets: [{ name: "far", url: "http://192.0.2.1/hook", headers: [] }],
    });
    await agent.call("trigger_event", { type: "video.caption.generated" });

    const { isError, texts } = await agent.call("replay_delivery", { id: "d1", target: "far" });

    expect({ isError, texts }).toEqual({
      isError: true,
      texts: [expect.stringMatching(/^replay\.target_refused: 192\.0\.2\.1 is not this machine\./)],
    });
  });

  it("is simulated, signed as was asked for, with the fields that were set", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path });

    const { facts, captured } = await both.agent.call("trigger_event", {
      type: "video.encoding.quality.completed",
      set: { quality: "1080p" },
      signature: "missing",
      count: 2,
    });

    expect(facts).toMatchObject({
      deliveries: [
        { id: "d1", source: "simulated", verification: { state: "unsigned" } },
        { id: "d2", source: "simulated" },
      ],
    });
    expect(captured).toMatch(/^d1 .*hls 1080p.*\nd2 /);
  });
});
