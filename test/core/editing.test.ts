import { createHmac } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { type HeaderPairs, headerValue, toHeaderPairs } from "#shared/domain/headers.ts";
import { encodingEvent, sendDelivery } from "../helpers/api-video-delivery.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { type StartedEngine, startEngine } from "../helpers/start-engine.ts";

const WEBHOOK = "webhook_4TqZc8WmR1yKdVb";
const SECRET = "sig_sec_TestVector0000000000001";
const BODY = encodingEvent();

/** An engine that knows the webhook's secret and has one delivery of it, `d1`. */
async function withDelivery(options: { body?: string | Buffer; path?: string } = {}): Promise<StartedEngine> {
  const started = await startEngine({ connect: false });
  await started.client.call("secrets.set", { kind: "webhook", webhookId: WEBHOOK, value: SECRET });
  const url = started.engine.listenerUrl + (options.path ?? "/hook?x=1");
  await sendDelivery(url, { webhookId: WEBHOOK, secret: SECRET, body: options.body ?? BODY });
  return started;
}

function sign(body: string | Buffer, secret = SECRET): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}

async function bodyOf(started: StartedEngine, id: string): Promise<Buffer> {
  return Buffer.from((await started.client.call("deliveries.body", { id })).base64, "base64");
}

function signatureOf(headers: HeaderPairs): string | undefined {
  return headerValue(headers, "x-api-video-signature");
}

describe("an edited delivery", () => {
  it("is sent as it was edited, signed with the webhook's secret, and kept beside an original that stays as it was", async () => {
    await using receiver = await startReceiver();
    await using started = await withDelivery();
    const before = await started.client.call("deliveries.get", { id: "d1" });
    const body = BODY.replace("720p", "1080p");

    const attempt = await started.client.call("replay.send", {
      id: "d1",
      target: receiver.url,
      edits: { method: "PUT", path: "/other?y=2", body },
      sign: "webhook",
    });

    const [request] = receiver.requests;
    expect(request).toMatchObject({ method: "PUT", url: "/other?y=2" });
    expect(request?.body.toString()).toBe(body);
    expect(signatureOf(toHeaderPairs(request?.rawHeaders ?? []))).toBe(sign(body));
    expect(attempt).toMatchObject({ deliveryId: "d2", kind: "replay", outcome: { kind: "answered", status: 200 } });
    expect(await started.client.call("deliveries.get", { id: "d2" })).toMatchObject({
      source: "edited",
      originId: "d1",
      method: "PUT",
      path: "/other?y=2",
      detail: "hls 1080p",
      webhookId: WEBHOOK,
      verification: { state: "verified" },
      answered: null,
      attempts: [{ id: attempt.id }],
    });
    expect(await bodyOf(started, "d2")).toEqual(Buffer.from(body));
    expect(await started.client.call("deliveries.get", { id: "d1" })).toEqual(before);
    expect(await bodyOf(started, "d1")).toEqual(Buffer.from(BODY));
  });

  it("fails its check where the body is changed and the old signature kept", async () => {
    await using receiver = await startReceiver();
    await using started = await withDelivery();

    await started.client.call("replay.send", { id: "d1", target: receiver.url, edits: { body: `${BODY}!` } });

    const [request] = receiver.requests;
    expect(signatureOf(toHeaderPairs(request?.rawHeaders ?? []))).toBe(sign(BODY));
    const { verification } = await started.client.call("deliveries.get", { id: "d2" });
    expect(verification.state).toBe("failed");
  });

  it("is signed with a secret given for this once, which is kept, told and logged nowhere", async () => {
    await using receiver = await startReceiver();
    await using started = await withDelivery();
    const secret = "sig_sec_GivenForThisOnce0000001";

    const attempt = await started.client.call("replay.send", { id: "d1", target: receiver.url, sign: { secret } });

    const headers = toHeaderPairs(receiver.requests[0]?.rawHeaders ?? []);
    expect(signatureOf(headers)).toBe(sign(BODY, secret));
    expect(await started.client.call("deliveries.get", { id: "d2" })).toMatchObject({
      verification: { state: "failed" },
    });
    const told = JSON.stringify([
      attempt,
      started.events,
      started.log,
      await started.client.call("deliveries.get", { id: "d2" }),
      await started.client.call("secrets.status", {}),
    ]);
    expect(told).not.toContain(secret);
  });

  it("has its signature where the old one stood, in the case it was written in, and only once", async () => {
    await using receiver = await startReceiver();
    await using started = await withDelivery();
    const headers: HeaderPairs = [
      ["x-api-VIDEO-webhookid", WEBHOOK],
      ["x-api-VIDEO-signature", "old"],
      ["X-Mine", "é"],
      ["X-Api-Video-Signature", "older"],
    ];

    await started.client.call("replay.send", { id: "d1", target: receiver.url, edits: { headers }, sign: "webhook" });

    const kept = (await started.client.call("deliveries.get", { id: "d2" })).headers;
    expect(kept).toEqual([headers[0], ["x-api-VIDEO-signature", sign(BODY)], headers[2]]);
    expect(toHeaderPairs(receiver.requests[0]?.rawHeaders ?? []).slice(1, 4)).toEqual(kept);
  });

  it("gets a signature at the end where it had none", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine({ connect: false });
    await started.client.call("secrets.set", { kind: "webhook", webhookId: WEBHOOK, value: SECRET });
    await sendDelivery(started.engine.listenerUrl, { webhookId: WEBHOOK, body: BODY });

    await started.client.call("replay.send", { id: "d1", target: receiver.url, sign: "webhook" });

    const { headers, verification } = await started.client.call("deliveries.get", { id: "d2" });
    expect(headers.at(-1)).toEqual(["X-Api-Video-Signature", sign(BODY)]);
    expect(verification.state).toBe("verified");
  });

  it("is signed with the newest secret of the webhook that the edited headers name", async () => {
    await using receiver = await startReceiver();
    await using started = await withDelivery();
    for (const value of ["sig_sec_old", "sig_sec_new"]) {
      await started.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_other", value });
    }
    const headers: HeaderPairs = [["X-Api-Video-WebhookID", "webhook_other"]];

    await started.client.call("replay.send", { id: "d1", target: receiver.url, edits: { headers }, sign: "webhook" });

    expect(signatureOf(toHeaderPairs(receiver.requests[0]?.rawHeaders ?? []))).toBe(sign(BODY, "sig_sec_new"));
    expect(await started.client.call("deliveries.get", { id: "d2" })).toMatchObject({
      webhookId: "webhook_other",
      verification: { state: "verified" },
    });
  });

  it("is neither forwarded by itself nor a repeat of what it was made from", async () => {
    await using receiver = await startReceiver();
    await using other = await startReceiver();
    await using started = await withDelivery();
    await started.client.call("settings.update", { forwardTo: other.url });

    await started.client.call("replay.send", { id: "d1", target: receiver.url, sign: "webhook" });
    // A delivery that comes later is forwarded after it, if it were.
    await sendDelivery(started.engine.listenerUrl, { webhookId: WEBHOOK, secret: SECRET });
    await expect.poll(() => other.requests.length).toBe(1);

    const { items, total } = await started.client.call("deliveries.list", { query: "is:edited" });
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ id: "d2", originId: "d1", attempts: 1 });
    expect(items[0]?.duplicateOf).toBeUndefined();
    expect(started.events.filter(({ name }) => name === "delivery.received").map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ id: "d1" }),
      { ...items[0], attempts: 0, lastAttempt: undefined },
      expect.objectContaining({ id: "d3" }),
    ]);
  });

  it("is not made where nothing changes", async () => {
    await using receiver = await startReceiver();
    await using started = await withDelivery();
    const { method, path, headers } = await started.client.call("deliveries.get", { id: "d1" });

    const attempt = await started.client.call("replay.send", {
      id: "d1",
      target: receiver.url,
      edits: { method, path, headers, body: BODY },
    });

    expect(attempt.deliveryId).toBe("d1");
    expect((await started.client.call("deliveries.list", {})).total).toBe(1);
  });

  it("goes where its path says, also where that begins as the paths that api.video was given", async () => {
    await using receiver = await startReceiver();
    await using started = await startEngine();
    const registeredPath = await vi.waitFor(async () => {
      const { registration } = await started.client.call("app.snapshot", {});
      return new URL(registration.url ?? "").pathname;
    });
    await sendDelivery(`${started.engine.listenerUrl}${registeredPath}/hook`);
    expect((await started.client.call("replay.preview", { id: "d1" })).path).toBe("/hook");
    const path = `${registeredPath}/mine`;

    await started.client.call("replay.send", { id: "d1", target: receiver.url, edits: { path } });
    await started.client.call("replay.send", { id: "d2", target: receiver.url });
    await started.client.call("replay.send", { id: "d1", target: receiver.url, edits: { body: "{}" } });

    expect(receiver.requests.map(({ url }) => url)).toEqual([path, path, "/hook"]);
  });

  it("names its webhook but has no secret: says so, and keeps nothing", async () => {
    await using receiver = await startReceiver();
    await using started = await withDelivery();
    const headers: HeaderPairs = [["X-Api-Video-WebhookID", "webhook_unknown"]];

    const sending = started.client.call("replay.send", {
      id: "d1",
      target: receiver.url,
      edits: { headers },
      sign: "webhook",
    });

    await expect(sending).rejects.toMatchObject({
      code: "replay.no_secret",
      message: expect.stringContaining("webhook_unknown"),
    });
    expect(receiver.requests).toEqual([]);
    expect((await started.client.call("deliveries.list", {})).total).toBe(1);
  });

  it("is not kept where the target is refused", async () => {
    await using started = await withDelivery();

    const sending = started.client.call("replay.send", {
      id: "d1",
      target: "http://192.0.2.1/hook",
      edits: { body: "{}" },
    });

    await expect(sending).rejects.toMatchObject({ code: "replay.target_refused" });
    expect((await started.client.call("deliveries.list", {})).total).toBe(1);
  });

  it("is kept with what came of it where nobody answers", async () => {
    await using started = await withDelivery();

    const attempt = await started.client.call("replay.send", { id: "d1", target: "1", edits: { body: "{}" } });

    expect(attempt).toMatchObject({ deliveryId: "d2", outcome: { kind: "unreachable", reason: "refused" } });
    expect((await started.client.call("deliveries.get", { id: "d2" })).attempts).toHaveLength(1);
  });

  it.each([
    ["a method in small letters", { method: "post" }],
    ["a method with a line break", { method: "POST\r\nX: y" }],
    ["a path without a slash", { path: "hook" }],
    ["a path with a space", { path: "/a b" }],
    ["a header with a line break", { headers: [["X-A", "a\r\nX-B: b"]] as HeaderPairs }],
    ["a header with a NUL", { headers: [["X-A", "a\0b"]] as HeaderPairs }],
    ["a header with what is not Latin-1", { headers: [["X-A", "€"]] as HeaderPairs }],
    ["a header without a name", { headers: [["", "a"]] as HeaderPairs }],
    ["a header whose name has a colon", { headers: [["X:A", "a"]] as HeaderPairs }],
    ["a body that is not base64", { body: { base64: "a===" } }],
    ["a body of more than 10 MiB", { body: "a".repeat(10 * 1024 * 1024 + 1) }],
    ["half a character", { body: "\ud800" }],
  ])("is refused with %s, and nothing is kept", async (_what, edits) => {
    await using receiver = await startReceiver();
    await using started = await withDelivery();

    const sending = started.client.call("replay.send", { id: "d1", target: receiver.url, edits });

    await expect(sending).rejects.toMatchObject({ code: "input.invalid" });
    expect(receiver.requests).toEqual([]);
    expect((await started.client.call("deliveries.list", {})).total).toBe(1);
  });
});

describe("the preview of an edited delivery", () => {
  it("says what would be sent and whose secret its signature fits, and sends and keeps nothing", async () => {
    await using receiver = await startReceiver();
    await using started = await withDelivery();

    const preview = await started.client.call("replay.preview", {
      id: "d1",
      target: `${receiver.url}/base`,
      edits: { body: "{}" },
      sign: "webhook",
    });

    expect(preview).toMatchObject({
      method: "POST",
      path: "/hook?x=1",
      bodyBytes: 2,
      isEdited: true,
      verification: { state: "verified" },
      signature: sign("{}"),
      secretOf: WEBHOOK,
      url: `${receiver.url}/base?x=1`,
    });
    expect(preview.problem).toBeUndefined();
    expect(receiver.requests).toEqual([]);
    expect((await started.client.call("deliveries.list", {})).total).toBe(1);
  });

  it("tells a kept signature that no longer fits, and nothing changed from something changed", async () => {
    await using started = await withDelivery();

    expect(await started.client.call("replay.preview", { id: "d1" })).toMatchObject({
      isEdited: false,
      verification: { state: "verified" },
      url: null,
    });
    expect(await started.client.call("replay.preview", { id: "d1", edits: { body: `${BODY} ` } })).toMatchObject({
      isEdited: true,
      verification: { state: "failed", cause: "body-altered" },
      secretOf: null,
    });
  });

  it("tells why it cannot be signed, with all the rest", async () => {
    await using started = await startEngine({ connect: false });
    await sendDelivery(started.engine.listenerUrl, { webhookId: WEBHOOK, body: BODY });

    const preview = await started.client.call("replay.preview", { id: "d1", sign: "webhook" });

    expect(preview).toMatchObject({
      problem: { code: "replay.no_secret" },
      signature: null,
      verification: { state: "unsigned" },
      bodyBytes: Buffer.byteLength(BODY),
    });
  });
});
