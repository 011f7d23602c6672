import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { sampleDelivery } from "../../renderer/samples.ts";
import { AUTHORIZATION, startTestHost, statusOf, TOKEN } from "./start-test-host.ts";

const EVENT_BYTES = 100_000;

describe("readers of events", () => {
  it("are fifty at most, and one that goes makes room", async () => {
    await using host = await startTestHost();
    const follow = async () => {
      const socket = connect(host.port, "127.0.0.1");
      socket.on("error", () => {});
      socket.write(`GET /api/events HTTP/1.1\r\nHost: ${host.authority}\r\n${AUTHORIZATION}\r\n\r\n`);
      const [first] = await once(socket, "data");
      return { socket, status: statusOf(String(first)) };
    };

    const readers = await Promise.all(Array.from({ length: 200 }, follow));
    expect(readers.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(readers.filter(({ status }) => status === 503)).toHaveLength(150);
    for (const { socket } of readers) socket.destroy();

    await vi.waitFor(async () => {
      const { socket, status } = await follow();
      socket.destroy();
      expect(status).toBe(200);
    }, 10_000);
  });

  it("that read nothing are cut off before they take much memory together, and the others miss nothing", {
    timeout: 60_000,
  }, async () => {
    await using host = await startTestHost();
    const slow = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const socket = connect(host.port, "127.0.0.1");
        socket.on("error", () => {});
        socket.write(`GET /api/events HTTP/1.1\r\nHost: ${host.authority}\r\n${AUTHORIZATION}\r\n\r\n`);
        await once(socket, "readable");
        return socket;
      }),
    );
    const stop = new AbortController();
    const { body } = await fetch(`${host.url}/api/events`, {
      headers: { Authorization: `Bearer ${TOKEN}` },
      signal: stop.signal,
    });
    let seenBytes = 0;
    const reading = (async () => {
      for await (const chunk of body ?? []) seenBytes += chunk.byteLength;
    })().catch(() => undefined);

    // Each of them alone is not far enough behind to be cut off.
    const event = sampleDelivery({ path: `/${"x".repeat(EVENT_BYTES)}` });
    for (let n = 1; n <= 70; n++) {
      host.events.publish("delivery.received", event);
      await vi.waitFor(() => expect(seenBytes).toBeGreaterThan(n * EVENT_BYTES), { interval: 1, timeout: 10_000 });
    }

    let cutOff = 0;
    for (const socket of slow) socket.once("close", () => (cutOff += 1)).resume();
    await vi.waitFor(() => expect(cutOff).toBeGreaterThan(20), { timeout: 10_000 });
    stop.abort();
    await reading;
    for (const socket of slow) socket.destroy();
  });
});
