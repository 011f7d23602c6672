import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startListener } from "#core/listener/listener.ts";
import { createCanary } from "#core/tunnel/canary.ts";
import { createTunnel } from "#core/tunnel/tunnel.ts";
import { tunnelDeps } from "./tunnel-deps.ts";
import { LOCALTUNNEL, openUrl, type TunnelFixture, tunnelFixture } from "./tunnel-fixture.ts";

/** As many as the localtunnel client holds. */
const POOL_SIZE = 10;

/**
 * A server of Node closes connections that never carried a request after `headersTimeout`. The client of localtunnel
 * holds ten of those at all times, and the original relay takes their 408 for the answer to the next delivery.
 */
describe("after an idle time, through a relay like the original", () => {
  const stack = new AsyncDisposableStack();
  let withDefaults: TunnelFixture;
  let listenerUrl: string;

  beforeAll(async () => {
    let closed = 0;
    // Node's defaults are 60 s, looked at every 30 s.
    const impatient = createServer({ headersTimeout: 2_000, connectionsCheckingInterval: 500 }, (_, response) => {
      response.writeHead(202).end();
    });
    impatient.on("connection", (socket) => socket.once("close", () => (closed += 1)));
    withDefaults = stack.use(await tunnelFixture({ target: impatient, relay: { policy: "upstream" } }));
    const canary = createCanary();
    const deps = tunnelDeps(() => listener.port, canary);
    const listener = stack.use(
      await startListener({
        ...deps,
        port: 0,
        answerCanary: canary.answer,
        capture: async () => ({ answered() {} }),
        headDeadlineMs: 2_000,
      }),
    );
    const tunnel = stack.use(createTunnel(deps));

    await openUrl(withDefaults);
    const state = await tunnel.open(LOCALTUNNEL, { host: withDefaults.relay.url, subdomain: "our-listener" });
    listenerUrl = state.url ?? "";
    // The idle time is over when the server has closed what it held.
    await vi.waitFor(() => expect(closed).toBeGreaterThanOrEqual(POOL_SIZE), { timeout: 10_000, interval: 100 });
  });
  afterAll(() => stack.disposeAsync());

  it("a server with Node's default timeouts loses the next ten deliveries to 408", async () => {
    const url = withDefaults.tunnel.state.url ?? "";

    const statuses = await deliverInARow(url, POOL_SIZE);

    expect(statuses).toEqual(new Array(POOL_SIZE).fill(408));
  });

  it("our listener takes all of them", async () => {
    const statuses = await deliverInARow(listenerUrl, POOL_SIZE + 4);

    expect(statuses).toEqual(new Array(POOL_SIZE + 4).fill(202));
  });
});

async function deliverInARow(url: string, count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < count; i++) {
    const response = await fetch(url, { method: "POST", body: "{}", headers: { Connection: "close" } });
    statuses.push(response.status);
  }
  return statuses;
}
