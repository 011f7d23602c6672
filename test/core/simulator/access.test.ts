import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { BASIC, startTestSimulator } from "./start-test-simulator.ts";

describe("access to the simulator", () => {
  it.each([
    ["no header", "", "missing-authorization-header"],
    ["another key", `Basic ${Buffer.from("other:").toString("base64")}`, "invalid-api-key"],
    ["a password", `Basic ${Buffer.from("simulator:x").toString("base64")}`, "invalid-api-key"],
    ["the key as a token", "Bearer simulator", "invalid-access-token"],
    ["another scheme", "Digest abc", "invalid-authorization-header-value"],
  ])("answers 401 to %s", async (_name, Authorization, slug) => {
    await using simulator = await startTestSimulator();

    const refused = await simulator.call("GET", "/webhooks", undefined, { Authorization });

    expect(refused.status).toBe(401);
    expect(refused.json["type"]).toBe(`https://docs.api.video/reference/authentication-${slug}`);
  });

  it("hands out a token for the key, and a new pair for a refresh token, once", async () => {
    await using simulator = await startTestSimulator();
    const open = { Authorization: "" };

    const first = await simulator.call("POST", "/auth/api-key", { apiKey: "simulator" }, open);
    const refreshToken = first.json["refresh_token"];
    const second = await simulator.call("POST", "/auth/refresh", { refreshToken }, open);
    const again = await simulator.call("POST", "/auth/refresh", { refreshToken }, open);

    expect(first.json).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
    const bearer = (token: unknown) => ({ Authorization: `Bearer ${token}` });
    expect((await simulator.call("GET", "/webhooks", undefined, bearer(second.json["access_token"]))).status).toBe(200);
    expect((await simulator.call("GET", "/webhooks", undefined, bearer(first.json["access_token"]))).status).toBe(401);
    expect(again).toMatchObject({ status: 400, json: { title: "The user credentials were incorrect." } });
    expect((await simulator.call("POST", "/auth/api-key", { apiKey: "no" }, open)).status).toBe(400);
  });

  it("ends a token after an hour", async () => {
    let now = 1_780_000_000_000;
    await using simulator = await startTestSimulator({ clock: { now: () => now } });
    const { json } = await simulator.call("POST", "/auth/api-key", { apiKey: "simulator" }, { Authorization: "" });
    const header = { Authorization: `Bearer ${json["access_token"]}` };

    now += 3_599_000;
    expect((await simulator.call("GET", "/webhooks", undefined, header)).status).toBe(200);
    now += 1000;
    expect((await simulator.call("GET", "/webhooks", undefined, header)).status).toBe(401);
  });

  it("counts down the limit in headers, answers 429 over it, and starts anew after a minute", async () => {
    let now = 1_780_000_000_000;
    await using simulator = await startTestSimulator({
      clock: { now: () => now },
      rateLimit: { reads: 2, writes: 1, uploads: 1 },
    });

    const first = await simulator.call("GET", "/webhooks");
    now += 20_500;
    await simulator.call("GET", "/webhooks");
    const over = await simulator.call("GET", "/webhooks");
    now += 39_500;
    const later = await simulator.call("GET", "/webhooks");

    expect(first.headers.get("x-ratelimit-limit")).toBe("2");
    expect(first.headers.get("x-ratelimit-remaining")).toBe("1");
    expect(first.headers.get("x-ratelimit-retry-after")).toBe("60");
    expect(over.status).toBe(429);
    expect(over.headers.get("x-ratelimit-retry-after")).toBe("40");
    expect(over.json).toEqual({
      type: "https://docs.api.video/reference/too-many-requests",
      title: "Too many requests.",
      status: 429,
    });
    expect(later.status).toBe(200);
  });

  it("has the sandbox's limits", async () => {
    await using simulator = await startTestSimulator();

    const limitOf = async (method: string, path: string) =>
      (await simulator.call(method, path)).headers.get("x-ratelimit-limit");

    expect(await limitOf("GET", "/videos")).toBe("100");
    expect(await limitOf("DELETE", "/videos/none")).toBe("40");
    expect(await limitOf("POST", "/videos/none/source")).toBe("40");
  });

  it("keeps out web pages: a foreign Host, and a foreign Origin", async () => {
    await using simulator = await startTestSimulator();

    expect(await statusWith(simulator.url, { Host: "evil.example" })).toBe(403);
    expect(await statusWith(simulator.url, { Origin: "https://evil.example" })).toBe(403);
    expect(await statusWith(simulator.url, { Origin: "null" })).toBe(403);
    expect(await statusWith(simulator.url, { Origin: "http://localhost:3000" })).toBe(200);
  });

  it("refuses a body that is far too long", async () => {
    await using simulator = await startTestSimulator();

    const refused = await simulator.call("POST", "/videos", { title: "x".repeat(300_000) });

    expect(refused).toMatchObject({ status: 400, json: { title: "The payload is invalid." } });
  });

  it("says which port it could not have", async () => {
    await using simulator = await startTestSimulator();
    const port = Number(new URL(simulator.url).port);

    await expect(startTestSimulator({ port })).rejects.toMatchObject({
      code: "simulator.port_in_use",
      message: expect.stringContaining(String(port)),
    });
  });
});

/** fetch would not let Host and Origin be set. */
async function statusWith(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const call = request(`${url}/webhooks`, { agent: false, headers: { Authorization: BASIC, ...headers } });
  call.on("response", (response) => resolve(response.resume().statusCode));
  call.on("error", reject);
  call.end();
  return promise;
}
