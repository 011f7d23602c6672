import { describe, expect, it, vi } from "vitest";
import type { Client } from "#shared/contract/types.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { startTwoAccounts, type TwoAccounts } from "../helpers/two-accounts.ts";

/** A profile for each of the two accounts; the first is in use and registered. */
async function withBoth(client: Client, accounts: TwoAccounts): Promise<{ one: string; two: string }> {
  const { url, keys } = accounts;
  await client.call("settings.update", { api: url, events: ["video.caption.generated"] });
  const one = await client.call("profiles.save", { name: "One" });
  await client.call("profiles.use", one);
  await client.call("secrets.set", { kind: "api-key", environment: "custom", value: keys[0] });
  const two = await client.call("profiles.save", { name: "Two" });
  await client.call("profiles.use", two);
  await client.call("secrets.set", { kind: "api-key", environment: "custom", value: keys[1] });
  await client.call("settings.update", { forwardTo: "http://localhost:3999/two", events: ["video.source.recorded"] });
  await client.call("profiles.use", one);
  await vi.waitFor(async () => expect(await accounts.webhooks()).toEqual([[expect.any(String)], []]));
  return { one: one.id, two: two.id };
}

describe("profiles", () => {
  it("move our webhook from one account to the other, and back, without a restart", async () => {
    await using accounts = await startTwoAccounts();
    await using started = await startEngine();
    const { client } = started;
    const { one, two } = await withBoth(client, accounts);

    await client.call("profiles.use", { id: two });

    await vi.waitFor(async () => expect(await accounts.webhooks()).toEqual([[], [expect.any(String)]]));
    const { registration, settings, forwarding } = await client.call("app.snapshot", {});
    expect(registration).toMatchObject({ phase: "registered", events: ["video.source.recorded"] });
    expect(settings).toMatchObject({ profile: two, values: { forwardTo: "http://localhost:3999/two" } });
    expect(forwarding.target).toBe("http://localhost:3999/two");

    await client.call("profiles.use", { id: one });
    await vi.waitFor(async () => expect(await accounts.webhooks()).toEqual([[expect.any(String)], []]));
    expect((await client.call("settings.get", {})).values.forwardTo).toBeNull();
  });

  it("leave nothing at either account when the app ends, and are there again at the next start", async () => {
    await using accounts = await startTwoAccounts();
    await using first = await startEngine();
    const { two } = await withBoth(first.client, accounts);
    await first.client.call("profiles.use", { id: two });
    await first.engine[Symbol.asyncDispose]();
    expect(await accounts.webhooks()).toEqual([[], []]);

    await using again = await startEngine({ dataDir: first.dataDir });

    const { profiles } = await again.client.call("profiles.list", {});
    expect(profiles.map(({ name, isInUse, apiKeys }) => ({ name, isInUse, apiKeys }))).toEqual([
      { name: "Default", isInUse: false, apiKeys: [] },
      { name: "One", isInUse: false, apiKeys: ["custom"] },
      { name: "Two", isInUse: true, apiKeys: ["custom"] },
    ]);
    await vi.waitFor(async () => expect(await accounts.webhooks()).toEqual([[], [expect.any(String)]]));
  });

  it("are deleted with their keys, and brought back with them", async () => {
    await using accounts = await startTwoAccounts();
    await using started = await startEngine();
    const { client } = started;
    const { two } = await withBoth(client, accounts);
    const keyed = async () => (await client.call("secrets.status", {})).profiles.map(({ id }) => id);

    await client.call("profiles.remove", { id: two });
    expect(await keyed()).not.toContain(two);
    await client.call("profiles.restore", { id: two });

    expect(await keyed()).toContain(two);
    await client.call("profiles.use", { id: two });
    await vi.waitFor(async () => expect(await accounts.webhooks()).toEqual([[], [expect.any(String)]]));
  });

  it("keep the one in use, and names that one can tell apart", async () => {
    await using started = await startEngine({ connect: false });
    const { client } = started;
    await client.call("profiles.save", { name: "Staging" });

    await expect(client.call("profiles.remove", { id: "default" })).rejects.toMatchObject({ code: "input.invalid" });
    await expect(client.call("profiles.save", { name: " staging " })).rejects.toMatchObject({ code: "input.invalid" });
    await expect(client.call("profiles.use", { id: "gone" })).rejects.toMatchObject({ code: "input.invalid" });

    const { profiles } = await client.call("profiles.list", {});
    expect(profiles.map(({ name }) => name)).toEqual(["Default", "Staging"]);
  });

  it("say what a flag decides against them", async () => {
    await using started = await startEngine({ connect: false, flags: { forwardTo: "http://localhost:3000/" } });
    const { client } = started;
    const { id } = await client.call("profiles.save", { name: "Other" });

    expect(await client.call("profiles.use", { id })).toMatchObject({ overruled: [] });
    await client.call("settings.update", { tunnel: "localtunnel" });
    await client.call("profiles.use", { id: "default" });

    expect((await client.call("settings.get", {})).values).toMatchObject({
      forwardTo: "http://localhost:3000/",
      tunnel: "none",
    });
  });

  it("let one setting go back to its default", async () => {
    await using started = await startEngine({ connect: false });
    const { client } = started;
    await client.call("settings.update", { theme: "dark", maxDeliveries: 500 });

    const view = await client.call("settings.reset", { names: ["theme"] });

    expect(view.sources).toMatchObject({ theme: "default", maxDeliveries: "saved" });
    expect(view.values.theme).toBe("system");
  });
});
