import { describe, expect, it } from "vitest";
import { encodingEvent, sendDelivery } from "../../../helpers/api-video-delivery.ts";
import { startBoth } from "../../../helpers/mcp-client.ts";
import { startReceiver } from "../../../helpers/receiver.ts";
import type { StartedEngine } from "../../../helpers/start-engine.ts";
import { tempDir } from "../../../helpers/temp-dir.ts";

const send = ({ engine }: StartedEngine, fields: Record<string, string> = {}) =>
  sendDelivery(engine.listenerUrl, { body: encodingEvent(fields) });

describe("what an agent reads", () => {
  it("has no credentials that came with a delivery, nor those of the answers", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path });
    const { started, agent } = both;
    for (const token of ["hunter2-first", "hunter2-second"]) {
      const headers = { Authorization: `Bearer ${token}`, Cookie: `session=${token}`, "X-Api-Key": token };
      await sendDelivery(started.engine.listenerUrl, { body: encodingEvent(), headers });
    }

    const shown = await agent.call("get_delivery", { id: "d1" });
    const compared = await agent.call("compare_deliveries", { before: { id: "d1" }, after: { id: "d2" } });

    expect(shown.captured).toContain("Authorization: [not shown]");
    expect(JSON.stringify([shown, compared])).not.toContain("hunter2");
  });

  it("is a page of what a search finds, with where to go on", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path });
    const { started, agent } = both;
    for (const quality of ["240p", "360p", "720p", "1080p"]) await send(started, { quality });

    const first = await agent.call("list_deliveries", { query: "-quality=240p", limit: 2 });
    const second = await agent.call("list_deliveries", {
      query: "-quality=240p",
      limit: 2,
      before: first.facts["before"],
    });

    expect(first.facts).toMatchObject({
      total: 3,
      before: "d3",
      deliveries: [
        { id: "d4", event: "video.encoding.quality.completed", verification: { state: "unsigned" }, answered: 202 },
        { id: "d3" },
      ],
    });
    expect(first.captured.split("\n")).toEqual([
      expect.stringMatching(
        /^d4 .*unsigned {4}video\.encoding\.quality\.completed {2}hls 1080p {2}vi3kT9sHqWcJr5DxUe7BgNoZ$/,
      ),
      expect.stringMatching(/^d3 .*hls 720p/),
    ]);
    expect(second.facts).toMatchObject({ before: null, deliveries: [{ id: "d2" }] });
  });

  it("is one delivery with headers, body, diagnosis and what the server answered", async () => {
    await using receiver = await startReceiver();
    receiver.status = 500;
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path, flags: { forwardTo: receiver.url } });
    const { started, agent } = both;
    await send(started, { quality: "720p" });
    await agent.call("wait_for_delivery", { query: "status:500", after: "d0" });

    const { facts, captured } = await agent.call("get_delivery", { id: "d1" });

    expect(facts).toMatchObject({
      delivery: { id: "d1", verification: { state: "unsigned" }, bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      diagnosis: { title: "There is no signature." },
      attempts: [{ kind: "forward", status: 500, verdict: "refused", target: receiver.url }],
      body: { encoding: "text", offset: 0, next: null },
    });
    expect(captured).toMatch(/^POST \/\n/);
    expect(captured).toContain("Content-Type: application/json\n");
    expect(captured).toContain("videoId: vi3kT9sHqWcJr5DxUe7BgNoZ\n");
    expect(captured).toContain('"quality":"720p"}');
  });

  it("is a long body in parts, which are the whole together, and an answer's body", async () => {
    await using receiver = await startReceiver();
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path, flags: { forwardTo: receiver.url } });
    const { started, agent } = both;
    const body = JSON.stringify({ type: "x", text: "né".repeat(20_000) });
    await sendDelivery(started.engine.listenerUrl, { body });
    await agent.call("replay_delivery", { id: "d1" });

    const shown = await agent.call("get_delivery", { id: "d1" });
    const parts: string[] = [];
    for (let offset: unknown = 0; typeof offset === "number"; ) {
      const { facts, captured } = await agent.call("read_body", { id: "d1", offset });
      parts.push(captured.slice(captured.indexOf("\n") + 1));
      offset = facts["next"];
    }
    const attempts = shown.facts["attempts"];
    const [attempt] = Array.isArray(attempts) ? attempts : [];
    const answer = await agent.call("read_body", { id: "d1", attemptId: attempt.id });
    const bytes = await agent.call("read_body", { id: "d1", offset: 2, length: 4, encoding: "base64" });

    expect(shown.facts["body"]).toMatchObject({ bytes: 20_000, totalBytes: Buffer.byteLength(body), next: 20_000 });
    expect(shown.captured).toContain("the rest with read_body and offset 20000:");
    expect(shown.captured.length).toBeLessThan(25_000);
    expect(parts.join("")).toBe(body);
    expect(answer.captured).toMatch(/^Body, \d+ bytes as text:\ngot it \d$/);
    expect(bytes.captured.endsWith(Buffer.from("type").toString("base64"))).toBe(true);
  });

  it("is why a signature does not fit, without the one that would", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path, webhookSecret: "sig_sec_right" });
    const { started, agent } = both;
    const body = encodingEvent();
    await sendDelivery(started.engine.listenerUrl, { webhookId: "webhook_x", secret: "sig_sec_wrong", body });
    const { computed } = await started.client.call("verification.explain", { id: "d1" });

    const explained = await agent.call("explain_signature", { id: "d1" });

    expect(explained.facts).toMatchObject({
      id: "d1",
      state: "failed",
      advice: expect.stringContaining("Compare the secret"),
    });
    expect(explained.captured).toMatch(/\nReceived {4}[0-9a-f]{64}$/);
    expect(computed).toMatch(/^[0-9a-f]{64}$/);
    expect(explained.texts.join("")).not.toContain(computed);
    expect(explained.texts.join("")).not.toContain("sig_sec_right");
  });

  it("is in what two deliveries and two answers differ", async () => {
    await using receiver = await startReceiver();
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path, flags: { forwardTo: receiver.url } });
    const { started, agent } = both;
    await send(started, { quality: "720p", emittedAt: "2026-01-01T00:00:00Z" });
    await send(started, { quality: "1080p", emittedAt: "2026-01-01T00:00:00Z" });
    receiver.status = 500;
    const broken = await agent.call("replay_delivery", { id: "d1" });
    receiver.status = 200;
    const fixed = await agent.call("replay_delivery", { id: "d1" });

    const deliveries = await agent.call("compare_deliveries", { before: { id: "d1" }, after: { id: "d2" } });
    const idOf = ({ facts }: typeof broken) => (facts["attempt"] as { id: string }).id;
    const answers = await agent.call("compare_deliveries", {
      before: { id: "d1", attemptId: idOf(broken) },
      after: { id: "d1", attemptId: idOf(fixed) },
    });
    const same = await agent.call("compare_deliveries", { before: { id: "d1" }, after: { id: "d1" } });

    expect(deliveries.facts).toMatchObject({ body: "json", bodyChanges: 1 });
    expect(deliveries.captured).toContain('body quality changed: "720p" → "1080p"');
    expect(answers.facts).toMatchObject({ verdict: "fixed", body: "text" });
    expect(answers.captured).toContain("answer changed: 500 → 200");
    expect(same).toMatchObject({ facts: { body: "same", headers: 0 }, captured: "" });
  });

  it("is what the inspector is at, with the targets and without their headers and tokens", async () => {
    using dir = tempDir();
    await using both = await startBoth({ dataDir: dir.path, flags: { forwardTo: "http://127.0.0.1:9/hook" } });
    const { started, agent } = both;
    const headers: [string, string][] = [["Authorization", "Bearer hush"]];
    await started.client.call("settings.update", {
      targets: [{ name: "staging", url: "http://127.0.0.1:8/in?token=hush", headers }],
    });
    await send(started);

    const { facts, captured, texts } = await agent.call("get_status");

    expect(facts).toMatchObject({
      isRunning: true,
      api: "simulator",
      listenerUrl: started.engine.listenerUrl,
      publicUrl: null,
      targets: [
        { name: null, url: "http://127.0.0.1:9/hook" },
        { name: "staging", url: "http://127.0.0.1:8/in" },
      ],
      counts: { total: 1, unsigned: 1 },
    });
    expect(captured).toContain(`Listener: Deliveries are received on ${started.engine.listenerUrl}.`);
    expect(texts.join("")).not.toContain("hush");
  });
});
