import { describe, expect, it } from "vitest";
import { clientTo, type FakeCall, startFakeApi } from "./fake-api.ts";

const LIST = { body: { data: [] } };
const pathsOf = (calls: readonly FakeCall[]) => calls.map(({ path }) => path.split("?")[0]);

/** Hands out tokens t1, t2, …, with refresh tokens r1, r2, …, and takes the newest of each only. */
function startTokenApi(options: { expiresIn?: number } = {}) {
  let issued = 0;
  const state = { revoked: 0, refreshStatus: 200 };
  const issue = () => {
    issued += 1;
    return { body: { access_token: `t${issued}`, refresh_token: `r${issued}`, expires_in: options.expiresIn ?? 3600 } };
  };
  const api = startFakeApi(({ path, headers, body }) => {
    if (path === "/auth/api-key") {
      return JSON.parse(body).apiKey === "key" ? issue() : { status: 400, body: badCredentials };
    }
    if (path === "/auth/refresh") {
      if (state.refreshStatus !== 200) return { status: state.refreshStatus };
      return JSON.parse(body).refreshToken === `r${issued}` ? issue() : { status: 400 };
    }
    const isGood = headers.authorization === `Bearer t${issued}` && issued > state.revoked;
    return isGood ? LIST : { status: 401 };
  });
  return { api, state };
}

const badCredentials = {
  type: "https://docs.api.video/reference/authentication-invalid-user-credentials",
  title: "The user credentials were incorrect.",
  status: 400,
};

describe("Bearer authentication", () => {
  it("has one token for calls at the same time, and for all that follow", async () => {
    const { api: starting } = startTokenApi();
    await using api = await starting;
    const client = clientTo(api.url, { auth: "bearer", apiKey: "key" });

    await Promise.all([client.checkKey(), client.checkKey(), client.checkKey()]);
    await client.checkKey();

    expect(pathsOf(api.calls)).toEqual(["/auth/api-key", ...Array.from({ length: 4 }, () => "/webhooks")]);
    expect(api.calls[0]?.headers.authorization).toBeUndefined();
  });

  it("renews the token a minute before it ends, always with the newest refresh token", async () => {
    let now = 1_780_000_000_000;
    const { api: starting } = startTokenApi();
    await using api = await starting;
    const client = clientTo(api.url, { auth: "bearer", apiKey: "key", clock: { now: () => now } });
    await client.checkKey();

    for (let hour = 0; hour < 3; hour++) {
      now += 3_541_000;
      await client.checkKey();
    }

    const refreshed = api.calls.filter(({ path }) => path === "/auth/refresh").map(({ body }) => JSON.parse(body));
    expect(refreshed).toEqual([{ refreshToken: "r1" }, { refreshToken: "r2" }, { refreshToken: "r3" }]);
  });

  it("renews the token once where it is refused before its time, and with the key where that fails too", async () => {
    const { api: starting, state } = startTokenApi();
    await using api = await starting;
    const client = clientTo(api.url, { auth: "bearer", apiKey: "key" });
    await client.checkKey();

    state.revoked = 1;
    await client.checkKey();
    state.revoked = 2;
    state.refreshStatus = 400;
    await client.checkKey();

    expect(pathsOf(api.calls).slice(2)).toEqual([
      ...["/webhooks", "/auth/refresh", "/webhooks"],
      ...["/webhooks", "/auth/refresh", "/auth/api-key", "/webhooks"],
    ]);
  });

  it("gives up where the new token is refused too", async () => {
    const { api: starting, state } = startTokenApi();
    await using api = await starting;
    state.revoked = 99;

    const checked = clientTo(api.url, { auth: "bearer", apiKey: "key" }).checkKey();

    await expect(checked).rejects.toMatchObject({ code: "api.unauthorized" });
    expect(api.calls.filter(({ path }) => path.startsWith("/webhooks"))).toHaveLength(2);
  });

  it("calls api.video's 400 for a wrong key what it is", async () => {
    const { api: starting } = startTokenApi();
    await using api = await starting;

    const checked = clientTo(api.url, { auth: "bearer", apiKey: "wrong" }).checkKey();

    await expect(checked).rejects.toMatchObject({ code: "api.unauthorized" });
    expect(pathsOf(api.calls)).toEqual(["/auth/api-key"]);
  });

  it.each([404, 405, 401])("sends the key itself to a server that answers %i to the exchange", async (status) => {
    await using api = await startFakeApi(({ headers, path }) =>
      headers.authorization === "Bearer key" && path.startsWith("/v1/webhooks") ? LIST : { status, body: "no" },
    );
    const client = clientTo(`${api.url}/v1`, { auth: "bearer", apiKey: "key", environment: "custom" });

    await client.checkKey();
    await client.checkKey();

    expect(pathsOf(api.calls)).toEqual(["/v1/auth/api-key", "/v1/webhooks", "/v1/webhooks"]);
  });

  it("says that a server without the exchange refuses the key", async () => {
    await using api = await startFakeApi(({ path }) => ({ status: path.startsWith("/auth") ? 404 : 401 }));
    const client = clientTo(api.url, { auth: "bearer", apiKey: "key", environment: "custom" });

    await expect(client.checkKey()).rejects.toMatchObject({
      code: "api.unauthorized",
      message: expect.stringContaining("refuses this key for custom"),
    });
    expect(api.calls).toHaveLength(2);
  });

  it.each([
    ["a key", { status: 404 }, "api.unauthorized"],
    ["a token", { body: { access_token: "to\nken" } }, "api.unexpected_response"],
  ])("never puts %s with a line break into a header or a message", async (_name, answer, code) => {
    await using api = await startFakeApi(() => answer);
    const client = clientTo(api.url, { auth: "bearer", apiKey: "ke\ny" });

    const error = await client.checkKey().catch((caught: unknown) => caught);

    expect(error).toMatchObject({ code });
    expect(String(error)).not.toMatch(/ke\ny|to\nken/);
  });

  it("lets go at once of a caller who gives up while the token is on its way, and keeps the token", async () => {
    const release = Promise.withResolvers<void>();
    await using api = await startFakeApi(async ({ path }) => {
      if (path !== "/auth/api-key") return LIST;
      await release.promise;
      return { body: { access_token: "t1" } };
    });
    const client = clientTo(api.url, { auth: "bearer", apiKey: "key" });
    const stop = new AbortController();
    const given = client.checkKey(stop.signal);
    const patient = client.checkKey();

    stop.abort(new Error("enough"));

    await expect(given).rejects.toThrow("enough");
    release.resolve();
    await patient;
    expect(pathsOf(api.calls)).toEqual(["/auth/api-key", "/webhooks"]);
  });
});
