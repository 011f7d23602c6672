import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { createClock } from "#core/lib/clock.ts";
import { startListener } from "#core/listener/listener.ts";
import { silentLog } from "../../helpers/silent-log.ts";

it("leaves no connection behind when a sender goes away in the middle of a body", async () => {
  const answered: (number | null)[] = [];
  await using listener = await startListener({
    port: 0,
    clock: createClock(),
    log: silentLog(),
    capture: async () => ({ answered: (at) => void answered.push(at) }),
  });
  const socket = connect({ port: listener.port, host: "127.0.0.1", allowHalfOpen: true });

  socket.end("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx");

  expect(await text(socket)).toBe("");
  expect(answered).toEqual([null]);
});
