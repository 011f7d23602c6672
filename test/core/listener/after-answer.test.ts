import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it, vi } from "vitest";
import { createClock } from "#core/lib/clock.ts";
import { startListener } from "#core/listener/listener.ts";
import { silentLog } from "../../helpers/silent-log.ts";

async function startBroken() {
  const log = silentLog();
  const listener = await startListener({
    port: 0,
    clock: createClock(),
    log,
    capture: async () => ({
      answered() {
        throw new TypeError("broken");
      },
    }),
  });
  return { ...listener, log };
}

describe("what breaks after a delivery was kept and answered", () => {
  it("is logged, and changes neither the answer nor the deliveries that follow", async () => {
    await using listener = await startBroken();

    const first = await fetch(listener.url, { method: "POST", body: "x" });
    const second = await fetch(listener.url, { method: "POST", body: "x" });

    expect([first.status, second.status]).toEqual([202, 202]);
    await vi.waitFor(
      () => expect(listener.log.lines).toEqual(Array(2).fill("error listener.broke TypeError: broken {}")),
      { timeout: 10_000 },
    );
  });

  it("is logged for CONNECT as well, which keeps its one answer", async () => {
    await using listener = await startBroken();
    const socket = connect(listener.port, "127.0.0.1");
    await once(socket, "connect");

    socket.write("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n");
    const answer = await text(socket);

    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 405"]);
    expect(listener.log.lines).toEqual(["error listener.broke TypeError: broken {}"]);
  });
});
