import { expect, it, vi } from "vitest";
import type { SecretStorage } from "#core/deps.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { startFakeApi } from "./api-video/fake-api.ts";

it("leaves a profile its keys where it could not be deleted, as it came into use meanwhile", async () => {
  await using api = await startFakeApi(() => ({
    body: { data: [], pagination: { itemsTotal: 0, pagesTotal: 1, currentPage: 1 } },
  }));
  const released = Promise.withResolvers<void>();
  const save = vi.fn<SecretStorage["save"]>(async () => {});
  const storage = { place: "memory", load: async () => null, save, erase: async () => {} };
  await using started = await startEngine({ connect: false }, storage);
  const { client } = started;
  await client.call("settings.update", { api: api.url });
  await client.call("secrets.set", { kind: "api-key", environment: "custom", value: "k" });
  const other = await client.call("profiles.save", { name: "Other" });
  const before = save.mock.lastCall?.[0];
  save.mockImplementationOnce(() => released.promise);
  const removing = client.call("profiles.remove", other);
  const refused = expect(removing).rejects.toMatchObject({ code: "input.invalid" });

  await client.call("profiles.use", other);
  released.resolve();

  await refused;
  const { profiles } = await client.call("profiles.list", {});
  expect(profiles).toMatchObject([{ id: "default" }, { id: other.id, isInUse: true, apiKeys: ["custom"] }]);
  expect(save.mock.lastCall?.[0]).toBe(before);
  await expect(client.call("profiles.restore", other)).rejects.toMatchObject({ code: "input.invalid" });
});
