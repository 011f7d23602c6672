import { describe, expect, it } from "vitest";
import { removeElsewhere } from "#core/remove-elsewhere.ts";
import type { KeyRing } from "#core/secrets/secrets.ts";
import type { Profile } from "#shared/domain/profile.ts";
import { silentLog } from "../helpers/silent-log.ts";
import { startEngine } from "../helpers/start-engine.ts";
import { clientTo, startFakeApi } from "./api-video/fake-api.ts";

const profile = (id: string, settings: Profile["settings"]): Profile => ({ id, name: id, settings });
const OURS = { webhookId: "wh", url: "https://a.example/wi", events: [], createdAt: "" };
const LIST = { data: [OURS], pagination: { itemsTotal: 1, pagesTotal: 1, currentPage: 1 } };

function remove(profiles: Profile[], keys: Record<string, KeyRing>, ms = 10_000) {
  const deps = {
    api: {
      clientFor: (_: string, apiKey: string, baseUrl: string | undefined, auth: "basic" | "bearer" = "basic") =>
        clientTo(baseUrl ?? "http://127.0.0.1:1", { apiKey, auth, environment: "custom" }),
    },
    keysOf: (id: string) => keys[id] ?? {},
    isOurs: () => true,
    log: silentLog(),
  };
  return removeElsewhere([], { ...deps, profiles }, ms);
}

describe("removing webhooks at accounts that are not in use", () => {
  it("speaks to each one as its profile says", async () => {
    await using api = await startFakeApi(({ path, headers }) => {
      if (path === "/auth/api-key") return { status: 404 };
      if (headers.authorization !== "Bearer k") return { status: 401, body: {} };
      return { body: LIST };
    });

    expect(await remove([profile("a", { api: api.url, apiAuth: "bearer" })], { a: { custom: "k" } })).toEqual({
      left: [],
      unasked: [],
    });
    expect(api.calls.map(({ method }) => method)).toContain("DELETE");
  });

  it("says of which key it does not know where it belongs", async () => {
    const { unasked } = await remove([profile("Staging", { api: "sandbox" })], { Staging: { custom: "k" } });

    expect(unasked).toEqual(['the API of the custom key in profile "Staging"']);
  });

  it("comes to those behind one that does not answer", async () => {
    await using hanging = await startFakeApi(() => null);
    await using api = await startFakeApi(() => ({ body: LIST }));
    const profiles = [profile("a", { api: hanging.url }), profile("b", { api: api.url })];

    const { unasked } = await remove(profiles, { a: { custom: "k" }, b: { custom: "k" } }, 1_000);

    expect(unasked).toEqual([hanging.url]);
    expect(api.calls.map(({ method }) => method)).toEqual(["GET", "DELETE"]);
  });

  it("is done with the profile's own way of authorising when everything is erased", async () => {
    await using api = await startFakeApi(({ path, headers }) => {
      if (path === "/auth/api-key") return { status: 404 };
      if (headers.authorization !== "Bearer k") return { status: 401, body: {} };
      return { body: { data: [], pagination: { itemsTotal: 0, pagesTotal: 1, currentPage: 1 } } };
    });
    await using started = await startEngine({ connect: false });
    const { client } = started;
    const other = await client.call("profiles.save", { name: "Other" });
    await client.call("profiles.use", other);
    await client.call("settings.update", { api: api.url, apiAuth: "bearer" });
    await client.call("secrets.set", { kind: "api-key", environment: "custom", value: "k" });
    await client.call("profiles.use", { id: "default" });

    expect(await client.call("app.erase", { confirm: "erase everything" })).toMatchObject({ left: [], reason: null });
  });
});
