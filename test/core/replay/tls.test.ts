import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../helpers/child.ts";
import { startRawTarget } from "./raw-target.ts";
import { answerOf, send } from "./send.ts";

/** For localhost and 127.0.0.1, until 2123. Made with openssl and used nowhere else. */
const pem = readFileSync(join(projectRoot, "test/fixtures/self-signed-localhost.pem"));
const tls = { key: pem, cert: pem };

describe("an https target", () => {
  it("on this machine may have a self-signed certificate", async () => {
    await using target = await startRawTarget({ tls });

    const sent = await send(target.url, { body: Buffer.from([0, 255, 13, 10]) });

    expect(answerOf(sent).status).toBe(204);
    expect(target.requests[0]?.body).toEqual(Buffer.from([0, 255, 13, 10]));
  });

  it("on another machine may not", async () => {
    await using target = await startRawTarget({ tls });

    const { outcome } = await send(target.url, { isLoopback: false });

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "tls" });
    expect(outcome).toHaveProperty("message", expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT"));
    expect(target.requests).toEqual([]);
  });

  it.each([
    ["localhost", "localhost"],
    ["shop.localhost", "shop.localhost"],
    ["localhost.", "localhost"],
    ["127.0.0.1", false],
  ])("is asked for by its name, never by an address: %s", async (hostname, expected) => {
    const asked: unknown[] = [];
    await using target = await startRawTarget({
      tls,
      onRequest(socket) {
        asked.push(socket instanceof TLSSocket && socket.servername);
        socket.end("HTTP/1.1 204 No Content\r\n\r\n");
      },
    });

    answerOf(await send(`https://${hostname}:${target.port}`));

    expect(asked).toEqual([expected]);
  });

  it("starts its time when the secure connection stands", async () => {
    const time = { ms: 1_000 };
    await using target = await startRawTarget({
      tls: {
        ...tls,
        SNICallback(_name, callback) {
          time.ms = 5_000;
          callback(null);
        },
      },
      onRequest(socket) {
        time.ms += 250;
        socket.end("HTTP/1.1 204 No Content\r\n\r\n");
      },
    });

    const sent = await send(`https://localhost:${target.port}`, { options: { clock: { now: () => time.ms } } });

    expect(sent).toMatchObject({ startedAt: 5_000, ms: 250 });
  });

  it.each([
    ["speaks plain HTTP", (socket: { end(text: string): unknown }) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["closes within the handshake", (socket: { end(): unknown }) => socket.end()],
  ])("that %s is told as a matter of TLS", async (_case, onConnection) => {
    await using target = await startRawTarget({ onConnection });

    const { outcome } = await send(`https://127.0.0.1:${target.port}`);

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "tls" });
  });

  it("that is silent within the handshake is told as timed out", async () => {
    await using target = await startRawTarget();

    const { outcome } = await send(`https://127.0.0.1:${target.port}`, { options: { timeoutMs: 100 } });

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "timeout" });
  });

  it("that breaks off after the handshake is told as reset", async () => {
    await using target = await startRawTarget({ tls, onRequest: (socket) => socket.destroy() });

    const { outcome } = await send(target.url);

    expect(outcome).toMatchObject({ kind: "unreachable", reason: "reset" });
  });
});
