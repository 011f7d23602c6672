import { request } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { createClock } from "#core/lib/clock.ts";
import { startListener } from "#core/listener/listener.ts";
import { silentLog } from "../../helpers/silent-log.ts";

/** A listener with an upload under way, which keeps its server from ending at once. */
async function startBusy() {
  const listener = await startListener({
    port: 0,
    clock: createClock(),
    log: silentLog(),
    capture: async () => ({ answered() {} }),
  });
  const upload = request(listener.url, {
    method: "POST",
    headers: { "Content-Length": 1_000, Expect: "100-continue" },
  });
  upload.on("error", () => {
    // Breaks off when its server has waited long enough.
  });
  const begun = Promise.withResolvers<void>();
  upload.once("continue", begun.resolve);
  upload.write("x");
  await begun.promise;
  return {
    listener,
    send: () => fetch(listener.url, { method: "POST", body: "x" }),
    stopUpload: () => upload.destroy(),
  };
}

describe("a listener that is started anew", () => {
  it("listens on its port again, however many ask for it at the same time", async () => {
    const { listener, send, stopUpload } = await startBusy();

    const restarts = [listener.restart(), listener.restart(), listener.restart()];
    stopUpload();
    await Promise.all(restarts);
    const { status } = await send();
    await listener[Symbol.asyncDispose]();

    expect(status).toBe(202);
    await expect(send()).rejects.toThrow();
  });

  it("is gone for good when it ends while it is started anew", async () => {
    const { listener, send, stopUpload } = await startBusy();

    const restarting = listener.restart();
    await vi.waitFor(() => expect(send()).rejects.toThrow(), { timeout: 10_000 });
    const ended = listener[Symbol.asyncDispose]();
    stopUpload();
    await Promise.all([ended, restarting]);

    await expect(send()).rejects.toThrow();
  });

  it("does not come back when it is asked to after its end", async () => {
    const { listener, send, stopUpload } = await startBusy();

    stopUpload();
    await listener[Symbol.asyncDispose]();
    await listener.restart();

    await expect(send()).rejects.toThrow();
  });
});
