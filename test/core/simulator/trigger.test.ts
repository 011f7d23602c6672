import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { createTrigger, type TriggerDeps, type TriggerInput } from "#core/simulator/trigger.ts";
import { AppError } from "#shared/errors.ts";
import { randomId } from "#shared/random-id.ts";
import { type ReceivedRequest, type Receiver, startReceiver } from "../../helpers/receiver.ts";
import { silentLog } from "../../helpers/silent-log.ts";

const TYPE = "video.encoding.quality.completed";
const CURRENT = { webhookId: "webhook_current", secret: "sig_sec_current" };
const OTHER = { webhookId: "webhook_other", secret: "sig_sec_other" };

/** A trigger at a receiver that "stores" what it is sent: ids count the events in the order of their arrival. */
function triggerTo(receiver: Receiver, changes: Partial<TriggerDeps> = {}) {
  const expectations: { webhookId: string | undefined; bodySha256: string; isCancelled: boolean }[] = [];
  const trigger = createTrigger({
    webhook: async () => CURRENT,
    otherSecret: async () => OTHER,
    urlFor: () => `${receiver.url}/hook`,
    expectArrival(wanted) {
      const expectation = { ...wanted, isCancelled: false };
      expectations.push(expectation);
      return {
        id: Promise.resolve(`id${expectations.length}`),
        cancel() {
          expectation.isCancelled = true;
        },
      };
    },
    clock: { now: () => 1_780_000_000_000.5 },
    log: silentLog(),
    randomId,
    ...changes,
  });
  return {
    expectations,
    trigger: (input: Partial<TriggerInput> = {}) =>
      trigger({ type: TYPE, signature: "valid", via: "listener", count: 1, ...input }),
  };
}

function header({ rawHeaders }: ReceivedRequest, name: string): string | undefined {
  const index = rawHeaders.indexOf(name);
  return index === -1 ? undefined : rawHeaders[index + 1];
}

const hmac = (body: string | Buffer, secret: string) => createHmac("sha256", secret).update(body).digest("hex");

async function only(receiver: Receiver): Promise<ReceivedRequest> {
  const [delivery, ...more] = receiver.requests;
  if (delivery === undefined || more.length > 0) throw new Error(`${receiver.requests.length} deliveries`);
  return delivery;
}

describe("trigger", () => {
  it("sends a signed event that names the current webhook, and answers the id it was stored under", async () => {
    await using receiver = await startReceiver();
    const { trigger, expectations } = triggerTo(receiver);

    const { ids } = await trigger({ set: { quality: "240p" } });

    const delivery = await only(receiver);
    expect(ids).toEqual(["id1"]);
    expect(header(delivery, "X-Api-Video-WebhookID")).toBe(CURRENT.webhookId);
    expect(header(delivery, "X-Api-Video-Signature")).toBe(hmac(delivery.body, CURRENT.secret));
    expect(JSON.parse(delivery.body.toString())).toMatchObject({ type: TYPE, quality: "240p" });
    const bodySha256 = createHash("sha256").update(delivery.body).digest("hex");
    expect(expectations).toEqual([{ webhookId: CURRENT.webhookId, bodySha256, isCancelled: true }]);
  });

  it("signs with another webhook's secret for wrong-secret", async () => {
    await using receiver = await startReceiver();

    await triggerTo(receiver).trigger({ signature: "wrong-secret" });

    const delivery = await only(receiver);
    expect(header(delivery, "X-Api-Video-WebhookID")).toBe(CURRENT.webhookId);
    expect(header(delivery, "X-Api-Video-Signature")).toBe(hmac(delivery.body, OTHER.secret));
  });

  it("leaves out the signature header for missing", async () => {
    await using receiver = await startReceiver();

    await triggerTo(receiver).trigger({ signature: "missing" });

    expect(header(await only(receiver), "X-Api-Video-Signature")).toBeUndefined();
  });

  it("sends other bytes than were signed for reserialised: the same JSON with spaces", async () => {
    await using receiver = await startReceiver();
    const set = { tags: ["a", {}, []], nested: { ü: 1.5e-7, "2": null } };

    await triggerTo(receiver).trigger({ signature: "reserialised", set });

    const delivery = await only(receiver);
    const text = delivery.body.toString();
    expect(text.startsWith('{ "type": "video.encoding.quality.completed", "emittedAt": "')).toBe(true);
    expect(JSON.parse(text)).toMatchObject(set);
    const signature = header(delivery, "X-Api-Video-Signature");
    expect(signature).not.toBe(hmac(delivery.body, CURRENT.secret));
    expect(signature).toBe(hmac(JSON.stringify(JSON.parse(text)), CURRENT.secret));
  });

  it("sends many one after the other, each with a time of its own though the clock stands still", async () => {
    await using receiver = await startReceiver();

    const { ids } = await triggerTo(receiver).trigger({ count: 20 });

    expect(ids).toEqual(Array.from({ length: 20 }, (_, index) => `id${index + 1}`));
    const times = receiver.requests.map(({ body }) => JSON.parse(body.toString()).emittedAt);
    expect(new Set(times).size).toBe(20);
    expect(times).toEqual(times.toSorted());
  });

  it("takes the tutorial's shape for the tutorial's events unless a dialect is named", async () => {
    await using receiver = await startReceiver();
    const { trigger } = triggerTo(receiver);

    await trigger({ type: "video.uploaded" });
    await trigger({ type: "video.uploaded", dialect: "api-video" });

    const [tutorial, own] = receiver.requests.map(({ body }) => JSON.parse(body.toString()));
    expect(tutorial).toMatchObject({ event: "video.uploaded", data: { status: "uploaded" } });
    expect(own).toMatchObject({ type: "video.uploaded" });
  });

  it("counts an answer of 500 as sent: the delivery is stored whatever the answer was", async () => {
    await using receiver = await startReceiver();
    receiver.status = 500;

    expect(await triggerTo(receiver).trigger()).toEqual({ ids: ["id1"] });
  });

  it("says that nobody listens, and expects nothing any more", async () => {
    const receiver = await startReceiver();
    await receiver[Symbol.asyncDispose]();
    const { trigger, expectations } = triggerTo(receiver);

    await expect(trigger()).rejects.toMatchObject({
      code: "simulator.failed",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    expect(expectations).toMatchObject([{ isCancelled: true }]);
  });

  it.each([
    ["a webhook id that fits into no header", { webhook: async () => ({ webhookId: "a\nb", secret: "s" }) }],
    ["a URL of another kind", { urlFor: () => "ftp://127.0.0.1/" }],
    ["a URL that is none", { urlFor: () => "nowhere" }],
  ])("fails in words for %s", async (_name, changes) => {
    await using receiver = await startReceiver();

    await expect(triggerTo(receiver, changes).trigger()).rejects.toMatchObject({ code: "simulator.failed" });
  });

  it("takes the answer of a receiver that breaks off in the middle of it", async () => {
    await using receiver = await startReceiver();
    const server = createServer((_request, response) => {
      response.writeHead(202, { "Content-Length": 100 });
      response.write("half", () => response.destroy());
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    // A server that listens on TCP has a port.
    const { port } = server.address() as { port: number };

    const sent = await triggerTo(receiver, { urlFor: () => `http://127.0.0.1:${port}/` }).trigger();
    server.close();

    expect(sent).toEqual({ ids: ["id1"] });
  });

  it("says that the connection broke", async () => {
    await using receiver = await startReceiver();
    const server = createServer((request) => request.socket.destroy());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    // A server that listens on TCP has a port.
    const { port } = server.address() as { port: number };

    const { trigger } = triggerTo(receiver, { urlFor: () => `http://127.0.0.1:${port}/secret-path` });

    const error = await trigger().catch((caught: unknown) => caught);
    server.close();
    expect(error).toMatchObject({ code: "simulator.failed" });
    expect(String(error)).not.toContain("secret-path");
  });

  it("says that another program took the event where it was answered but not stored here", async () => {
    await using receiver = await startReceiver();
    const expectArrival = () => ({ id: new Promise<string>(() => {}), cancel: () => {} });

    await expect(triggerTo(receiver, { expectArrival, maxArrivalMs: 20 }).trigger()).rejects.toMatchObject({
      code: "simulator.failed",
      message: expect.stringContaining("answered 200, but the event did not arrive here"),
    });
  });

  it("passes on why there is no URL, and sends nothing for a path that cannot be set", async () => {
    await using receiver = await startReceiver();
    const noUrl = () => {
      throw new AppError("input.invalid", "There is no public URL.");
    };

    await expect(triggerTo(receiver, { urlFor: noUrl }).trigger()).rejects.toThrow("There is no public URL.");
    await expect(triggerTo(receiver).trigger({ set: { "a.__proto__": 1 } })).rejects.toMatchObject({
      code: "input.invalid",
    });
    expect(receiver.requests).toEqual([]);
  });

  it("stops between two events when it is told to", async () => {
    await using receiver = await startReceiver();
    const stop = new AbortController();
    const trigger = createTrigger({
      webhook: async () => CURRENT,
      otherSecret: async () => OTHER,
      urlFor: () => receiver.url,
      expectArrival: () => ({ id: Promise.resolve("id"), cancel: () => stop.abort(new Error("enough")) }),
      clock: { now: Date.now },
      log: silentLog(),
      randomId,
    });

    const sent = trigger({ type: TYPE, signature: "valid", via: "listener", count: 5 }, stop.signal);

    await expect(sent).rejects.toThrow("enough");
    expect(receiver.requests).toHaveLength(1);
  });
});
