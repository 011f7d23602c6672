import { createServer } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { startListener } from "#core/listener/listener.ts";
import { createCanary } from "#core/tunnel/canary.ts";
import { createTunnel } from "#core/tunnel/tunnel.ts";
import type { TunnelPhase } from "#shared/domain/tunnel.ts";
import { startRelay } from "../../helpers/relay.ts";
import { tunnelDeps } from "./tunnel-deps.ts";
import { LOCALTUNNEL, openUrl, SUBDOMAIN, type TunnelFixture, tunnelFixture } from "./tunnel-fixture.ts";

/** Connections that the relay asks its clients for. */
const POOL_SIZE = 10;

async function untilPhase({ tunnel }: Pick<TunnelFixture, "tunnel">, phase: TunnelPhase): Promise<void> {
  await vi.waitFor(() => expect(tunnel.state.phase).toBe(phase), { timeout: 10_000, interval: 20 });
}

describe.concurrent("a tunnel that heals itself", () => {
  it("comes back at the same URL, by itself, when the relay does", async () => {
    await using fixture = await tunnelFixture();
    const url = await openUrl(fixture);

    await fixture.relay.kill();
    await untilPhase(fixture, "reconnecting");
    await fixture.relay.restart();
    await untilPhase(fixture, "open");

    expect(fixture.tunnel.state.url).toBe(url);
    expect(await (await fetch(url, { method: "POST", body: "again" })).text()).toBe("again");
  });

  it("folds the ten errors of an outage into one fault", async () => {
    await using fixture = await tunnelFixture();
    await openUrl(fixture);

    await fixture.relay.kill();
    await untilPhase(fixture, "reconnecting");
    await fixture.relay.restart();
    await untilPhase(fixture, "open");

    const losses = fixture.tunnel.transitions().filter(({ phase }) => phase === "reconnecting");
    expect(losses.filter(({ message }) => message.includes("is gone"))).toHaveLength(1);
  });

  it("takes another URL where its name does not come back", async () => {
    await using fixture = await tunnelFixture({ nameGraceMs: 700 });
    const { relay, tunnel } = fixture;
    const url = await openUrl(fixture);

    await relay.kill();
    relay.faults.taken.add(SUBDOMAIN);
    await relay.restart();
    await vi.waitFor(() => expect(tunnel.state.fault?.kind).toBe("name-taken"), { timeout: 5_000, interval: 5 });
    await untilPhase(fixture, "open");

    expect(tunnel.state.url).not.toBe(url);
  });

  it("keeps its session through a burst that the relay turns away, and says so meanwhile", async () => {
    await using fixture = await tunnelFixture();
    const { relay, tunnel } = fixture;
    const url = await openUrl(fixture);
    const asked = relay.asked;

    relay.faults.page = 429;
    tunnel.wake();
    await untilPhase(fixture, "degraded");
    expect(tunnel.state).toMatchObject({ url, fault: { kind: "rate-limit" } });
    relay.faults.page = null;
    await untilPhase(fixture, "open");

    expect(relay.asked).toBe(asked);
  });

  it("stays behind a reminder page, and says what that means", async () => {
    await using fixture = await tunnelFixture();
    fixture.relay.faults.page = 511;

    const state = await fixture.tunnel.open(LOCALTUNNEL, fixture.options);

    expect(state).toMatchObject({ phase: "degraded", url: expect.any(String), fault: { kind: "relay" } });
    expect(state.fault?.message).toContain("A page of the tunnel's service");
  });

  it("notices that the computer slept, and looks at once", async () => {
    let asleepMs = 0;
    await using fixture = await tunnelFixture({ clock: { now: () => Date.now() + asleepMs } });
    await openUrl(fixture);
    const provenAt = fixture.tunnel.state.proof?.at;

    asleepMs = 3_600_000;

    await vi.waitFor(() => expect(fixture.tunnel.state.proof?.at).not.toBe(provenAt), { timeout: 5_000 });
    expect(fixture.tunnel.state.phase).toBe("open");
  });

  it.each(["opening", "open", "degraded", "reconnecting"] as const)(
    "leaves nothing behind when it is stopped while %s",
    async (phase) => {
      await using fixture = await tunnelFixture();
      const { relay, tunnel, options } = fixture;
      if (phase === "opening") relay.faults.answer = "silent";
      if (phase === "degraded") relay.faults.page = 401;
      if (phase === "reconnecting") relay.faults.answer = "error";
      const opening = tunnel.open(LOCALTUNNEL, options);
      await untilPhase(fixture, phase);
      const asked = relay.asked;

      const state = await tunnel.close();
      await opening;

      expect(state).toEqual({ provider: "localtunnel", phase: "closed", url: null });
      await vi.waitFor(() => expect(relay.connections(SUBDOMAIN)).toBe(0));
      // Longer than the longest pause before another try would be at this point.
      await expect(vi.waitUntil(() => relay.asked > asked, { timeout: 1_500 })).rejects.toThrow();
    },
  );
});

describe("a listener that does not answer any more", () => {
  it("is started anew on its port, and a delivery that the relay held meanwhile arrives", async () => {
    await using relay = await startRelay();
    const canary = createCanary();
    const gate = Promise.withResolvers<void>();
    const kept: string[] = [];
    let server = "old";
    await using listener = await startListener({
      ...tunnelDeps(() => 0),
      port: 0,
      answerCanary: canary.answer,
      async capture({ body }) {
        kept.push(`${body} by the ${server} one`);
        if (body.toString() === "slow") await gate.promise;
        return { answered() {} };
      },
    });
    await using tunnel = createTunnel(tunnelDeps(() => listener.port, canary));
    const { url } = await tunnel.open(LOCALTUNNEL, { host: relay.url, subdomain: SUBDOMAIN });
    const send = (body: string) => fetch(url ?? "", { method: "POST", body });
    await vi.waitFor(() => expect(relay.connections(SUBDOMAIN)).toBe(POOL_SIZE), { timeout: 10_000 });

    // The old server cannot end while it owes this one its answer, and nobody listens until it has ended.
    const slow = send("slow");
    await vi.waitFor(() => expect(kept).toContain("slow by the old one"), { timeout: 10_000 });
    const restarted = listener.restart().then(() => {
      server = "new";
    });
    await vi.waitFor(() => expect(fetch(listener.url)).rejects.toThrow(), { timeout: 10_000 });
    // Uses up the connections that the relay's client had made to it before.
    await Promise.all(Array.from({ length: POOL_SIZE - 1 }, () => send("early")));
    const held = send("held");
    gate.resolve();

    expect((await held).status).toBe(202);
    await Promise.all([slow, restarted]);
    expect(kept).toContain("held by the new one");
  });

  it("is told apart from a tunnel that is down", async () => {
    const target = createServer((_request, response) => response.end());
    await using fixture = await tunnelFixture({ target });
    const { url } = await fixture.tunnel.open(LOCALTUNNEL, fixture.options);

    // Stops answering canaries, as a listener that hangs would.
    target.removeAllListeners("request");
    fixture.tunnel.wake();
    await untilPhase(fixture, "degraded");

    expect(fixture.tunnel.state).toMatchObject({ url, fault: { kind: "local" } });
    expect(fixture.restarts()).toBeGreaterThan(0);
  });
});
