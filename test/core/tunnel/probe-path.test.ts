import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "vitest";
import { createCanary } from "#core/tunnel/canary.ts";
import { probePath } from "#core/tunnel/probe-path.ts";

const canary = createCanary();
const servers = new AsyncDisposableStack();

/** A server on a free port; gives its URL. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  servers.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on a TCP port has such an address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const honest: RequestListener = async (request, response) => {
  response.end(canary.answer({ path: request.url ?? "", body: await buffer(request) }));
};
const answers =
  (status: number, body = "", headers = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end(body);

async function probe(publicUrl: string, listenerUrl: string, isOffline = false) {
  const options = { canary, publicUrl, listenerUrl, headers: { "X-Bypass": "1" }, userAgent: "test/1" };
  return probePath({ ...options, timeoutMs: 500, isOffline: () => isOffline });
}

describe("proving the path", () => {
  afterAll(() => servers.disposeAsync());

  it("takes the round trip's time where the right answer comes back", async () => {
    const listener = await serve(honest);

    expect(await probe(listener, listener)).toEqual({ kind: "ok", ms: expect.any(Number) });
  });

  it("asks as ourselves, not as a browser, with the headers that skip a reminder page", async () => {
    const seen: unknown[] = [];
    const listener = await serve((request, response) => {
      seen.push([request.method, request.headers["user-agent"], request.headers["x-bypass"]]);
      void honest(request, response);
    });

    await probe(listener, listener);

    expect(seen).toEqual([["POST", "test/1", "1"]]);
  });

  it.each([
    ["a tunnel that the relay lost", answers(404), "relay", "relay", /has lost our tunnel \(status 404\)/],
    ["a relay in trouble", answers(502, "<html>"), "relay", "relay", /has lost our tunnel \(status 502\)/],
    ["idle connections gone bad", answers(408), "relay", "relay", /answered 408/],
    ["a busy relay", answers(429, "", { "Retry-After": "7" }), "gate", "rate-limit", /is busy/],
    ["a reminder page", answers(200, "<html>", { "Content-Type": "text/html" }), "gate", "relay", /A page/],
    ["a login", answers(511, "<html>"), "gate", "relay", /A page of the tunnel's service .* \(status 511\)/],
    ["somebody else at our name", answers(200, "hello"), "stranger", "name-taken", /somebody else has our name/],
    ["a redirect", answers(302, "", { Location: "/" }), "stranger", "name-taken", /somebody else/],
  ])("tells %s", async (_what, listener, at, kind, message) => {
    const result = await probe(await serve(listener), await serve(honest));

    expect(result).toMatchObject({ kind: "failed", at, fault: { kind, message: expect.stringMatching(message) } });
  });

  it("keeps the pause that a busy relay asks for", async () => {
    const result = await probe(await serve(answers(429, "", { "Retry-After": "7" })), await serve(honest));

    expect(result).toMatchObject({ fault: { retryAfterMs: 7_000 } });
  });

  it.each(["1e306", "999999999", "Infinity"])(
    "asks again within the hour, whatever is asked for: %s",
    async (pause) => {
      const result = await probe(await serve(answers(429, "", { "Retry-After": pause })), await serve(honest));

      expect(result).toMatchObject({ fault: { retryAfterMs: 3_600_000 } });
    },
  );

  it("tells a relay that is down from a listener that is down, whatever the relay says", async () => {
    const nobody = "http://127.0.0.1:1";

    expect(await probe(nobody, await serve(honest))).toMatchObject({ at: "relay", fault: { kind: "network" } });
    expect(await probe(await serve(answers(502)), nobody)).toMatchObject({ at: "listener", fault: { kind: "local" } });
  });

  it("tells a path that swallows requests", async () => {
    const result = await probe(await serve(() => {}), await serve(honest));

    expect(result).toMatchObject({
      at: "relay",
      fault: { message: expect.stringContaining("did not answer in time") },
    });
  });

  it("tells an offline computer, and a name that leads nowhere", async () => {
    const listener = await serve(honest);

    const offline = await probe("https://otter.tunnel.invalid", listener, true);
    const unknown = await probe("https://otter.tunnel.invalid", listener);

    expect(offline).toMatchObject({ at: "network", fault: { message: expect.stringContaining("offline") } });
    expect(unknown).toMatchObject({
      at: "network",
      fault: { message: expect.stringContaining("No address was found") },
    });
  });

  it("reads no more of an endless answer than it needs", async () => {
    const endless = await serve((_request, response) => {
      const timer = setInterval(() => response.write("x".repeat(1_000)), 1);
      response.on("close", () => clearInterval(timer));
    });

    expect(await probe(endless, await serve(honest))).toMatchObject({ kind: "failed", at: "stranger" });
  });
});
