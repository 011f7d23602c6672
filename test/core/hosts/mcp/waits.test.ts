import { describe, expect, it, vi } from "vitest";
import { encodingEvent, sendDelivery } from "../../../helpers/api-video-delivery.ts";
import { startAgent, startBoth } from "../../../helpers/mcp-client.ts";
import type { StartedEngine } from "../../../helpers/start-engine.ts";
import { tempDir } from "../../../helpers/temp-dir.ts";

const send = ({ engine }: StartedEngine, fields: Record<string, string> = {}) =>
  sendDelivery(engine.listenerUrl, { body: encodingEvent(fields) });

describe("what an agent waits for", () => {
  it("is what comes from then on", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path });
    const { started, agent } = both;
    await send(started, { quality: "720p" });

    const waiting = agent.call("wait_for_delivery", { query: "quality=720p" });
    // When it has begun to wait, nobody says: one of these comes later.
    await vi.waitFor(
      async () => {
        await send(started, { quality: "720p" });
        const { facts } = await Promise.race([waiting, Promise.reject(new Error("It still waits."))]);
        expect(facts["found"]).toMatchObject({ id: expect.stringMatching(/^d([2-9]|\d\d+)$/) });
      },
      { timeout: 10_000 },
    );
  });

  it("comes later, or is there already, after the delivery that it names", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path });
    const { started, agent } = both;
    await send(started, { quality: "720p" });
    await send(started, { quality: "480p" });

    const waiting = agent.call("wait_for_delivery", { query: "quality=720p", after: "d1" });
    await send(started, { quality: "360p" });
    await send(started, { quality: "720p" });
    const came = await waiting;
    const isThere = await agent.call("wait_for_delivery", { query: "quality=480p", after: "d1" });

    expect(came).toMatchObject({ facts: { found: { id: "d4" } }, captured: expect.stringMatching(/^d4 /) });
    expect(isThere).toMatchObject({ facts: { found: { id: "d2" } } });
  });

  it("is told not to have come, with what came instead", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path });
    const { started, agent } = both;
    await send(started);
    await send(started, { quality: "360p" });

    const { facts, captured, isError } = await agent.call("wait_for_delivery", {
      query: "quality=1080p",
      after: "d1",
      timeoutSeconds: 0.5,
    });

    expect({ facts, isError }).toEqual({ facts: { found: null, others: 1 }, isError: false });
    expect(captured).toMatch(/^d2 .*hls 360p/);
  });

  it("is told of once a second while it goes on, to who asks for that", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path });
    const told: number[] = [];

    const wanted = { name: "wait_for_delivery", arguments: { timeoutSeconds: 2.5 } };
    await both.agent.client.callTool(wanted, { onprogress: ({ progress }) => void told.push(progress) });

    expect(told.slice(0, 2)).toEqual([1, 2]);
  });

  it("needs an inspector that runs, which is said in words", async () => {
    using dir = tempDir();
    await using agent = await startAgent(dir.path);

    const { isError, texts } = await agent.call("wait_for_delivery");

    expect({ isError, texts }).toEqual({
      isError: true,
      texts: [expect.stringMatching(/^host\.disconnected: No inspector runs on .*`serve`/)],
    });
  });

  it("ends when the inspector goes away and does not come back, in words", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path });
    const waiting = both.agent.call("wait_for_delivery", { after: "d9", timeoutSeconds: 2 });
    await both.started[Symbol.asyncDispose]();

    expect(await waiting).toMatchObject({
      isError: true,
      texts: [expect.stringMatching(/^host\.disconnected: .*(ended or restarted|does not answer|No inspector runs)/)],
    });
  });
});
