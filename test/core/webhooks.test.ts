import { describe, expect, it, vi } from "vitest";
import { startEngine } from "../helpers/start-engine.ts";
import { startFakeApi } from "./api-video/fake-api.ts";
import { startTestSimulator } from "./simulator/start-test-simulator.ts";

const EVENTS = ["video.caption.generated"];

async function urlsAt(simulator: Awaited<ReturnType<typeof startTestSimulator>>): Promise<string[]> {
  const { json } = await simulator.call("GET", "/webhooks");
  // The simulator's list reply.
  return (json["data"] as { url: string }[]).map(({ url }) => url);
}

describe("the webhooks of the account", () => {
  it("registered without a URL are the app's own, and go when it ends", async () => {
    await using simulator = await startTestSimulator();
    const started = await startEngine({ apiKey: "simulator", flags: { api: simulator.url } });
    const { webhookId } = await started.client.call("webhooks.register", {});

    const { webhooks } = await started.client.call("webhooks.list", {});
    expect(webhooks).toMatchObject([{ webhookId, isOurs: true, isCurrent: true, hasSecret: true }]);
    await started[Symbol.asyncDispose]();

    expect(await urlsAt(simulator)).toEqual([]);
  });

  it("of two installations stay apart, also when one of them ends or prunes", async () => {
    await using simulator = await startTestSimulator();
    const options = { apiKey: "simulator", flags: { api: simulator.url } };
    await using first = await startEngine(options);
    const second = await startEngine(options);
    await first.client.call("webhooks.register", {});
    await second.client.call("webhooks.register", { events: EVENTS });
    expect(await urlsAt(simulator)).toHaveLength(2);

    expect(await first.client.call("webhooks.prune", {})).toMatchObject({ removed: [] });
    await second[Symbol.asyncDispose]();

    const { registration } = await first.client.call("app.snapshot", {});
    expect(await urlsAt(simulator)).toEqual([registration.url]);
  });

  it("are made anew when ours was deleted elsewhere, as soon as somebody looks at them", async () => {
    await using simulator = await startTestSimulator();
    await using started = await startEngine({ apiKey: "simulator", flags: { api: simulator.url } });
    const { webhookId } = await started.client.call("webhooks.register", {});
    await simulator.call("DELETE", `/webhooks/${webhookId}`);

    await started.client.call("webhooks.list", {});

    await vi.waitFor(async () => expect(await urlsAt(simulator)).toHaveLength(1));
  });

  it.each([
    ["500 and no more", { status: 500, body: "Server error" }, "api.unavailable"],
    ["a page of somebody else's", { status: 200, body: "<html>Sign in</html>" }, "api.unexpected_response"],
    ["that the key is wrong", { status: 401, body: {} }, "api.unauthorized"],
  ])("say what is wrong when api.video answers %s, and the app goes on", async (_, answer, code) => {
    await using api = await startFakeApi(() => answer);
    await using started = await startEngine({ apiKey: "simulator", flags: { api: api.url } });
    const { client } = started;

    await expect(client.call("webhooks.list", {})).rejects.toMatchObject({ code });
    await expect(client.call("webhooks.register", {})).rejects.toMatchObject({ code });
    await expect(client.call("webhooks.prune", {})).rejects.toMatchObject({ code });

    const { registration } = await client.call("app.snapshot", {});
    expect(registration).toMatchObject({ phase: "failed", fault: { code, message: expect.stringMatching(/\.$/) } });
    expect((await client.call("simulator.trigger", { type: "video.caption.generated" })).ids).toHaveLength(1);
    // A handful of calls, and not a storm of them.
    expect(api.calls.length).toBeLessThan(10);
  });
});
