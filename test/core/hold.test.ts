import { describe, expect, it, vi } from "vitest";
import { createHold } from "#core/hold.ts";
import { sendDelivery } from "../helpers/api-video-delivery.ts";
import { startReceiver } from "../helpers/receiver.ts";
import { silentLog } from "../helpers/silent-log.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const SECRET = "sig_sec_TestVector0000000000001";

/** An engine that forwards to a receiver of its own. */
async function forwarding() {
  const stack = new AsyncDisposableStack();
  const receiver = stack.use(await startReceiver());
  const started = stack.use(await startEngine({ connect: false }));
  await started.client.call("settings.update", { forwardTo: receiver.url });
  const send = (path: string) => sendDelivery(started.engine.listenerUrl + path, { body: `{"path":"${path}"}` });
  const hold = async () => (await started.client.call("app.snapshot", {})).hold;
  const urls = () => receiver.requests.map(({ url }) => url);
  return { receiver, ...started, send, hold, urls, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe("a hold", () => {
  it("answers and keeps the next delivery that matches, and forwards it when it is released; others pass", async () => {
    await using app = await forwarding();
    expect(await app.client.call("hold.set", { query: "path=/b" })).toEqual({
      rule: { query: "path=/b", next: 1 },
      held: [],
    });

    const answers = [await app.send("/a"), await app.send("/b"), await app.send("/b"), await app.send("/c")];
    await vi.waitFor(() => expect(app.urls()).toEqual(["/a", "/b", "/c"]));

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(await app.hold()).toEqual({ rule: null, held: [{ deliveryId: "d2", since: expect.any(String) }] });
    expect((await app.client.call("deliveries.get", { id: "d2" })).attempts).toEqual([]);
    expect((await app.client.call("deliveries.get", { id: "d3" })).attempts).toHaveLength(1);

    expect(await app.client.call("hold.release", { id: "d2", action: "send" })).toEqual({ sentId: "d2" });

    const { attempts } = await app.client.call("deliveries.get", { id: "d2" });
    expect(attempts).toMatchObject([{ kind: "forward", outcome: { kind: "answered", status: 200 } }]);
    expect(await app.hold()).toEqual({ rule: null, held: [] });
    const told = app.events.filter(({ name }) => name === "hold.changed").map(({ payload }) => payload);
    expect(told).toMatchObject([
      { rule: { next: 1 }, held: [] },
      { rule: null, held: [{ deliveryId: "d2" }] },
      { rule: null, held: [] },
    ]);
  });

  it("sends what was edited and signed anew in the place of what is held, which never changes", async () => {
    await using app = await forwarding();
    await app.client.call("secrets.set", { kind: "webhook", webhookId: "webhook_1", value: SECRET });
    await app.client.call("hold.set", { query: "", next: null });
    await sendDelivery(app.engine.listenerUrl, { webhookId: "webhook_1", secret: SECRET, body: "{}" });
    await vi.waitFor(async () => expect((await app.hold()).held).toHaveLength(1));

    const released = await app.client.call("hold.release", {
      id: "d1",
      action: "send",
      edits: { body: '{"edited":1}' },
      sign: "webhook",
    });

    expect(released).toEqual({ sentId: "d2" });
    expect(app.receiver.requests.map(({ body }) => body.toString())).toEqual(['{"edited":1}']);
    expect(await app.client.call("deliveries.get", { id: "d2" })).toMatchObject({
      source: "edited",
      originId: "d1",
      verification: { state: "verified" },
    });
    expect((await app.client.call("deliveries.get", { id: "d1" })).attempts).toEqual([]);
  });

  it("drops what is to be dropped: it stays kept, and is never sent", async () => {
    await using app = await forwarding();
    await app.client.call("hold.set", {});
    await app.send("/dropped");
    await vi.waitFor(async () => expect((await app.hold()).held).toHaveLength(1));

    expect(await app.client.call("hold.release", { id: "d1", action: "drop" })).toEqual({ sentId: null });
    await app.send("/next");
    await vi.waitFor(() => expect(app.urls()).toEqual(["/next"]));

    expect((await app.client.call("deliveries.list", {})).total).toBe(2);
    expect(await app.hold()).toEqual({ rule: null, held: [] });
    const again = app.client.call("hold.release", { id: "d1", action: "send" });
    await expect(again).rejects.toMatchObject({ code: "input.invalid" });
  });

  it("holds as many as asked for, or all until it is cleared; what is held stays held then", async () => {
    await using app = await forwarding();
    await app.client.call("hold.set", { query: "path=/h", next: 2 });
    for (const path of ["/h", "/h", "/h"]) await app.send(path);
    await vi.waitFor(() => expect(app.urls()).toEqual(["/h"]));
    expect((await app.hold()).held.map(({ deliveryId }) => deliveryId)).toEqual(["d1", "d2"]);

    await app.client.call("hold.set", { query: "path=/h", next: null });
    for (const path of ["/h", "/h"]) await app.send(path);
    await vi.waitFor(async () => expect((await app.hold()).held).toHaveLength(4));
    await app.client.call("hold.clear", {});
    await app.send("/h");
    await vi.waitFor(() => expect(app.urls()).toEqual(["/h", "/h"]));

    expect(await app.hold()).toMatchObject({ rule: null, held: { length: 4 } });
  });

  // Not by what a server received: one that opens a connection can be overtaken by the next, which finds a kept one.
  it("lets pass in the order in which it came, also what comes when nothing is held any more", async () => {
    const first = Promise.withResolvers<boolean>();
    const hold = createHold({
      matches: (id) => (id === "d1" ? first.promise : Promise.resolve(false)),
      publish() {},
      isThere: async () => true,
      now: Date.now,
      log: silentLog(),
    });
    const passed: string[] = [];
    const pass = async (id: string) => {
      expect(await hold.takes(id)).toBe(false);
      passed.push(id);
    };
    hold.set({ query: "path=/never", next: null });

    const passing = ["d1", "d2", "d3"].map(pass);
    await new Promise(setImmediate);
    hold.clear();
    passing.push(pass("d4"));
    await new Promise(setImmediate);
    expect(passed).toEqual([]);
    first.resolve(false);
    await Promise.all(passing);

    expect(passed).toEqual(["d1", "d2", "d3", "d4"]);
    expect(hold.takes("d5")).toBe(false);
  });

  it("goes on holding what could not be sent for want of a target, or to one that is refused", async () => {
    await using app = await forwarding();
    await app.client.call("hold.set", {});
    await app.send("/held");
    await vi.waitFor(async () => expect((await app.hold()).held).toHaveLength(1));
    await app.client.call("settings.update", { forwardTo: null });

    const nowhere = app.client.call("hold.release", { id: "d1", action: "send" });
    await expect(nowhere).rejects.toMatchObject({ code: "replay.no_target" });
    const refused = app.client.call("hold.release", { id: "d1", action: "send", target: "http://192.0.2.1/" });
    await expect(refused).rejects.toMatchObject({ code: "replay.target_refused" });
    await app.client.call("settings.update", { forwardTo: "http://192.0.2.1/" });
    const refusedByDefault = app.client.call("hold.release", { id: "d1", action: "send" });
    await expect(refusedByDefault).rejects.toMatchObject({ code: "replay.target_refused" });

    expect((await app.hold()).held).toMatchObject([{ deliveryId: "d1" }]);
    const sent = await app.client.call("hold.release", { id: "d1", action: "send", target: app.receiver.url });
    expect(sent).toEqual({ sentId: "d1" });
    expect(app.urls()).toEqual(["/held"]);
  });

  it("lets all go, one by one, where a fault has them wait for each other", async () => {
    await using app = await forwarding();
    await app.client.call("hold.set", { next: null });
    await app.client.call("faults.set", { fault: { kind: "reorder", window: 2 }, next: null });
    await app.send("/a");
    await app.send("/b");
    await vi.waitFor(async () => expect((await app.hold()).held).toHaveLength(2));

    for (const id of ["d1", "d2"]) await app.client.call("hold.release", { id, action: "send" });

    await vi.waitFor(() => expect(app.urls()).toEqual(["/b", "/a"]));
    expect((await app.hold()).held).toEqual([]);
  });

  it("holds nothing of what is erased with everything else, and no fault outlives that", async () => {
    await using app = await forwarding();
    await app.client.call("hold.set", { next: null });
    await app.client.call("faults.set", { fault: { kind: "drop" }, next: null });
    await app.send("/a");
    await vi.waitFor(async () => expect((await app.hold()).held).toHaveLength(1));

    await app.client.call("app.erase", { confirm: "erase everything" });

    expect(await app.hold()).toEqual({ rule: null, held: [] });
    expect((await app.client.call("app.snapshot", {})).faults).toBeNull();
  });

  it("lets go of what is deleted", async () => {
    await using app = await forwarding();
    await app.client.call("hold.set", { next: null });
    await app.send("/one");
    await app.send("/two");
    await vi.waitFor(async () => expect((await app.hold()).held).toHaveLength(2));
    await app.client.call("deliveries.pin", { id: "d1" });

    await app.client.call("deliveries.clear", {});

    await vi.waitFor(async () => expect((await app.hold()).held).toMatchObject([{ deliveryId: "d1" }]));
    expect((await app.hold()).held).toHaveLength(1);
  });

  it("never holds more than a hundred: further ones pass", async () => {
    await using app = await forwarding();
    await app.client.call("hold.set", { next: null });

    for (let n = 0; n < 101; n++) await app.send(`/${n}`);

    await vi.waitFor(() => expect(app.urls()).toEqual(["/100"]));
    expect((await app.hold()).held).toHaveLength(100);
  });

  it("is refused with a search that cannot be read", async () => {
    await using app = await forwarding();

    const setting = app.client.call("hold.set", { query: "sig:fialed" });

    await expect(setting).rejects.toMatchObject({ code: "input.invalid" });
    expect(await app.hold()).toEqual({ rule: null, held: [] });
  });

  it("ends with the app, and what was held is still kept", async () => {
    using dir = tempDir();
    {
      await using first = await startEngine({ connect: false, dataDir: dir.path });
      await first.client.call("hold.set", { next: null });
      await sendDelivery(first.engine.listenerUrl);
      await vi.waitFor(async () => {
        expect((await first.client.call("app.snapshot", {})).hold.held).toHaveLength(1);
      });
    }
    await using second = await startEngine({ connect: false, dataDir: dir.path });

    expect((await second.client.call("app.snapshot", {})).hold).toEqual({ rule: null, held: [] });
    expect((await second.client.call("deliveries.list", {})).total).toBe(1);
  });
});
