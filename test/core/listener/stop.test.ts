import { connect } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { createClock } from "#core/lib/clock.ts";
import { startListener } from "#core/listener/listener.ts";
import { silentLog } from "../../helpers/silent-log.ts";

/** Longer than an unused connection is left alone, shorter than a delivery gets. */
const SLOW_DISK_MS = 250;

/** A listener whose deliveries take a while to be on disk. */
async function startSlow() {
  const kept: string[] = [];
  const listener = await startListener({
    port: 0,
    clock: createClock(),
    log: silentLog(),
    async capture({ path }) {
      kept.push(path);
      await new Promise((resolve) => setTimeout(resolve, SLOW_DISK_MS));
      return { answered() {} };
    },
  });
  return { listener, kept };
}

describe("a listener that stops", () => {
  it.each(["ends", "is started anew"])(
    "still answers a delivery that is on its way to the disk when it %s",
    async (how) => {
      const { listener, kept } = await startSlow();

      const answer = fetch(`${listener.url}/slow`, { method: "POST", body: "x" });
      await vi.waitFor(() => expect(kept).toEqual(["/slow"]), { timeout: 10_000 });
      if (how === "is started anew") await listener.restart();
      await listener[Symbol.asyncDispose]();

      expect((await answer).status).toBe(202);
    },
  );

  it("still answers one that comes on a connection made before", async () => {
    const { listener, kept } = await startSlow();
    const socket = connect(listener.port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    const unused = connect(listener.port, "127.0.0.1");
    await fetch(listener.url);

    const ended = listener[Symbol.asyncDispose]();
    socket.write("POST /late HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
    await ended;

    expect(kept).toEqual(["/", "/late"]);
    await vi.waitFor(() => expect(answer).toMatch(/^HTTP\/1\.1 202 /), { timeout: 10_000 });
    unused.destroy();
  });

  it("does not wait for connections that were never used", async () => {
    const { listener } = await startSlow();
    const unused = connect(listener.port, "127.0.0.1");
    await fetch(listener.url);

    const before = performance.now();
    await listener[Symbol.asyncDispose]();

    expect(performance.now() - before).toBeLessThan(900);
    unused.destroy();
  });
});
