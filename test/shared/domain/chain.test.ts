import { describe, expect, it } from "vitest";
import { type ChainFacts, firstTrouble, toChain } from "#shared/domain/chain.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";

const FACTS: ChainFacts = {
  listener: { url: "http://127.0.0.1:4747" },
  tunnel: {
    provider: "localtunnel",
    phase: "open",
    url: "https://otter.example",
    proof: { at: "2026-11-24T10:00:00.000Z", ms: 42 },
  },
  api: { environment: "sandbox", baseUrl: "https://sandbox.api.video", hasKey: true },
  registration: { phase: "registered", webhookId: "webhook_1", url: "https://otter.example/wi-1" },
  forwarding: { target: "http://localhost:3000/hook" },
};
const NETWORK = { kind: "network", message: "The relay is gone.", retryable: true } as const;

function states(change: Partial<ChainFacts>): Record<string, string> {
  return Object.fromEntries(toChain({ ...FACTS, ...change }).map(({ id, state }) => [id, state]));
}
const tunnel = (change: Partial<TunnelState>): TunnelState => ({
  provider: "localtunnel",
  phase: "open",
  url: null,
  ...change,
});

describe("the chain from api.video to the developer's server", () => {
  it("has no trouble where every link works, and shows the last proof with its time", () => {
    const chain = toChain(FACTS);

    expect(chain.map(({ state }) => state)).toEqual(["ok", "ok", "ok", "ok", "ok"]);
    expect(firstTrouble(chain)).toBeUndefined();
    expect(chain[2]).toMatchObject({ provenAt: "2026-11-24T10:00:00.000Z", message: expect.stringContaining("42 ms") });
  });

  it.each([
    [{ target: null, routes: 2 }, "by 2 routes", "what none matches is kept and not forwarded"],
    [{ target: "http://localhost:3000/", routes: 1 }, "by 1 route", "what none matches goes to http://localhost:3000/"],
  ])("says that routes choose the target, and what becomes of the rest", (forwarding, value, words) => {
    const target = toChain({ ...FACTS, forwarding }).at(-1);

    expect(target).toMatchObject({ state: "ok", value, message: expect.stringContaining(words) as string });
  });

  it.each([
    ["is lost", tunnel({ phase: "reconnecting", fault: NETWORK }), "bad", "waiting"],
    ["is doubted", tunnel({ phase: "degraded", url: "https://otter.example", fault: NETWORK }), "warn", "warn"],
    ["is being opened", tunnel({ phase: "opening" }), "waiting", "waiting"],
    ["was given up", tunnel({ phase: "closed", fault: NETWORK }), "bad", "bad"],
    ["was closed by hand", tunnel({ phase: "closed" }), "off", "off"],
  ])("says so where the tunnel %s", (_what, state, own, publicUrl) => {
    expect(states({ tunnel: state })).toMatchObject({ tunnel: own, "public-url": publicUrl });
  });

  it.each([
    { environment: "simulator", baseUrl: "http://127.0.0.1:1", hasKey: true },
    { environment: "custom", baseUrl: "http://localhost:4848", hasKey: true },
  ])("needs no tunnel for an API on this machine ($environment)", (api) => {
    const chain = toChain({ ...FACTS, tunnel: tunnel({ provider: "none", phase: "idle" }), api });

    expect(chain.map(({ state }) => state)).toEqual(["ok", "off", "off", "ok", "ok"]);
    expect(firstTrouble(chain)).toBeUndefined();
  });

  it("needs a tunnel for an API elsewhere", () => {
    expect(states({ tunnel: tunnel({ provider: "none", phase: "idle" }) })).toMatchObject({ tunnel: "bad" });
  });

  it("says that the listener is the trouble where it does not answer, whatever the tunnel does", () => {
    const fault = { kind: "local", message: "Our own listener does not answer.", retryable: true } as const;
    const chain = toChain({ ...FACTS, tunnel: { ...FACTS.tunnel, phase: "degraded", fault } });

    expect(firstTrouble(chain)).toMatchObject({ id: "listener", state: "bad", message: fault.message });
  });

  it("tells to open a tunnel that was closed by hand", () => {
    const chain = toChain({ ...FACTS, tunnel: tunnel({ phase: "closed" }), registration: { phase: "none" } });

    expect(firstTrouble(chain)).toMatchObject({ id: "public-url", state: "off", advice: "Open the tunnel." });
  });

  it("only adds what comes next to what is wrong with a tunnel that was given up", () => {
    const chain = toChain({ ...FACTS, tunnel: tunnel({ phase: "closed", fault: NETWORK }) });

    expect(chain[1]).toMatchObject({ message: NETWORK.message, advice: "Then open the tunnel again." });
  });

  it.each([
    ["api.unauthorized", "Enter an API key that is valid"],
    ["api.forbidden", "Mend this"],
  ])("warns where the webhook stands but cannot be looked after (%s)", (code, advice) => {
    const fault = { code, message: "api.video refuses the key." };
    const chain = toChain({ ...FACTS, registration: { ...FACTS.registration, fault } });

    expect(firstTrouble(chain)).toMatchObject({
      id: "webhook",
      state: "warn",
      message: fault.message,
      advice: expect.stringContaining(advice),
    });
  });

  it("names the first broken link, before one that is only unsteady, with what to do", () => {
    const chain = toChain({
      ...FACTS,
      tunnel: tunnel({ phase: "degraded", url: "https://otter.example", fault: NETWORK }),
      registration: { phase: "failed", fault: { code: "registration.limit", message: "The account is full." } },
    });

    expect(firstTrouble(chain)).toMatchObject({ id: "webhook", advice: expect.any(String) });
  });

  it("does not call forwarding well where nobody answers", () => {
    const forwarding = { target: "http://localhost:3000", trouble: "Nothing listens on localhost:3000." };

    expect(toChain({ ...FACTS, forwarding })[4]).toMatchObject({ state: "warn", message: forwarding.trouble });
  });

  it("says what is missing where there is no key", () => {
    const chain = toChain({ ...FACTS, api: { ...FACTS.api, hasKey: false }, registration: { phase: "none" } });

    expect(chain[3]).toMatchObject({ state: "bad", value: "sandbox, no key", advice: "Enter an API key." });
  });
});
