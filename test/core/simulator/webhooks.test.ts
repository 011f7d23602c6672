import { createHmac } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { startTestSimulator } from "./start-test-simulator.ts";

const HOOK = { url: "https://calm-otter.tunnel.example/hook", events: ["video.encoding.quality.completed"] };

describe("webhooks of the simulator", () => {
  it("creates a webhook with id, secret and date of api.video's form, and gives it back by id", async () => {
    await using simulator = await startTestSimulator();

    const created = await simulator.call("POST", "/webhooks", HOOK);

    expect(created.status).toBe(201);
    expect(Object.keys(created.json)).toEqual(["webhookId", "createdAt", "events", "url", "signatureSecret"]);
    expect(created.json).toMatchObject({
      ...HOOK,
      webhookId: expect.stringMatching(/^webhook_\w{15}$/),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
      signatureSecret: expect.stringMatching(/^sig_sec_\w{22}$/),
    });
    const shown = await simulator.call("GET", `/webhooks/${created.json["webhookId"]}`);
    expect(shown.json).toEqual(created.json);
  });

  it("lists in pages, filtered by event, with links", async () => {
    await using simulator = await startTestSimulator();
    for (const type of EVENT_TYPES) await simulator.call("POST", "/webhooks", { ...HOOK, events: [type] });

    const page = await simulator.call("GET", "/webhooks?currentPage=2&pageSize=4");
    const filtered = await simulator.call("GET", "/webhooks?events=video.source.recorded");

    expect(page.json["data"]).toHaveLength(2);
    expect(page.json["pagination"]).toMatchObject({
      currentPage: 2,
      pageSize: 4,
      pagesTotal: 2,
      itemsTotal: 6,
      currentPageItems: 2,
      links: [{ rel: "self" }, { rel: "first" }, { rel: "previous" }, { rel: "last" }],
    });
    expect(filtered.json["data"]).toMatchObject([{ events: ["video.source.recorded"] }]);
    expect((await simulator.call("GET", "/webhooks?pageSize=101")).json).toMatchObject({
      type: "https://docs.api.video/reference/invalid-attribute",
      name: "pageSize",
      status: 400,
    });
  });

  it("refuses the eleventh webhook, and takes it once another is deleted", async () => {
    await using simulator = await startTestSimulator();
    const ids: unknown[] = [];
    for (let i = 0; i < 10; i++) ids.push((await simulator.call("POST", "/webhooks", HOOK)).json["webhookId"]);

    const eleventh = await simulator.call("POST", "/webhooks", HOOK);
    const deleted = await simulator.call("DELETE", `/webhooks/${ids[3]}`);

    expect(eleventh).toMatchObject({
      status: 400,
      json: {
        type: "https://docs.api.video/reference/webhook-limit-reached",
        title: "Your account has reached the webhook urls limit.",
        status: 400,
      },
    });
    expect(deleted.status).toBe(204);
    expect((await simulator.call("GET", `/webhooks/${ids[3]}`)).status).toBe(404);
    expect((await simulator.call("POST", "/webhooks", HOOK)).status).toBe(201);
  });

  it.each([
    [{ events: HOOK.events }, "attribute-required", "url"],
    [{ url: HOOK.url }, "attribute-required", "events"],
    [{ ...HOOK, url: "ftp://host/x" }, "invalid-attribute", "url"],
    [{ ...HOOK, events: ["video.uploaded"] }, "invalid-attribute", "events"],
    [{ ...HOOK, events: [] }, "invalid-attribute", "events"],
    ["{oops", "invalid-payload", ""],
    ["[]", "invalid-payload", ""],
  ])("answers 400 to %j", async (body, slug, name) => {
    await using simulator = await startTestSimulator();

    const refused = await simulator.call("POST", "/webhooks", body);

    expect(refused.status).toBe(400);
    expect(refused.json).toMatchObject({ type: `https://docs.api.video/reference/${slug}`, name, status: 400 });
  });

  it("answers 404 and 405 as api.video does", async () => {
    await using simulator = await startTestSimulator();

    const slugs = await Promise.all(
      [
        ["GET", "/foobar"],
        ["PATCH", "/webhooks"],
        ["DELETE", "/webhooks/webhook_none"],
      ].map(async ([method = "", path = ""]) => (await simulator.call(method, path)).json["type"]),
    );

    expect(slugs.map((type) => String(type).split("/").pop())).toEqual([
      "unrecognized-request-url",
      "method-not-allowed",
      "resource-not-found",
    ]);
  });

  it("signs what it sends with the whole secret of the webhook it names, header names in api.video's case", async () => {
    await using receiver = await startReceiver();
    await using simulator = await startTestSimulator();
    const { json: webhook } = await simulator.call("POST", "/webhooks", {
      url: `${receiver.url}/hook`,
      events: ["live-stream.broadcast.started"],
    });
    const { json: stream } = await simulator.call("POST", "/live-streams", { name: "demo" });

    await simulator.call("POST", `/simulator/live-streams/${stream["liveStreamId"]}/start`);

    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1));
    const [delivery] = receiver.requests;
    const headers = delivery?.rawHeaders ?? [];
    const headerOf = (name: string) => headers[headers.indexOf(name) + 1];
    expect(delivery).toMatchObject({ method: "POST", url: "/hook" });
    expect(headerOf("Content-Type")).toBe("application/json");
    expect(headerOf("X-Api-Video-WebhookID")).toBe(webhook["webhookId"]);
    const hmac = createHmac("sha256", String(webhook["signatureSecret"])).update(delivery?.body ?? "");
    expect(headerOf("X-Api-Video-Signature")).toBe(hmac.digest("hex"));
    expect(delivery?.body.toString()).toMatch(
      /^\{"type":"live-stream\.broadcast\.started","emittedAt":"[\d-]+T[\d:]+\.\d{3}\+00:00","liveStreamId":"li\w{22}"\}$/,
    );
  });

  it.each([500, 302])(
    "sends four times in all to a receiver that answers %i, the same bytes each time",
    async (status) => {
      await using receiver = await startReceiver();
      receiver.status = status;
      await using other = await startReceiver();
      await using simulator = await startTestSimulator();
      for (const { url } of [receiver, other]) {
        await simulator.call("POST", "/webhooks", { url, events: ["live-stream.broadcast.started"] });
      }
      const { json: stream } = await simulator.call("POST", "/live-streams", { name: "demo" });

      await simulator.call("POST", `/simulator/live-streams/${stream["liveStreamId"]}/start`);
      await vi.waitFor(() => expect(receiver.requests).toHaveLength(4));
      // A second broadcast marks the point at which a fifth try of the first would have come.
      await simulator.call("POST", `/simulator/live-streams/${stream["liveStreamId"]}/stop`);
      await vi.waitFor(async () =>
        expect((await simulator.call("GET", `/live-streams/${stream["liveStreamId"]}`)).json["broadcasting"]).toBe(
          false,
        ),
      );

      expect(receiver.requests).toHaveLength(4);
      expect(new Set(receiver.requests.map(({ body }) => body.toString())).size).toBe(1);
      expect(other.requests).toHaveLength(1);
    },
  );

  it("ends at once while a delivery waits for its next try", async () => {
    await using receiver = await startReceiver();
    receiver.status = 500;
    const simulator = await startTestSimulator({ retryDelayMs: 60_000 });
    await simulator.call("POST", "/webhooks", { url: receiver.url, events: ["live-stream.broadcast.started"] });
    const { json: stream } = await simulator.call("POST", "/live-streams", { name: "demo" });
    await simulator.call("POST", `/simulator/live-streams/${stream["liveStreamId"]}/start`);
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1));
    const startedAt = performance.now();

    await simulator[Symbol.asyncDispose]();

    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(receiver.requests).toHaveLength(1);
  });
});
