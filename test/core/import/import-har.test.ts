import { describe, expect, it } from "vitest";
import { startEngine } from "../../helpers/start-engine.ts";

const MINIMAL = { request: { method: "POST", url: "https://a.example/hook", postData: { text: "x" } } };

function toHar(...entries: unknown[]): string {
  return JSON.stringify({ log: { version: "1.2", creator: { name: "a browser" }, entries } });
}

function withBody(postData: unknown, more: Record<string, unknown> = {}) {
  return { request: { method: "POST", url: "https://a.example/", postData, ...more } };
}

describe("a HAR that another program wrote", () => {
  it("gives the requests that can be webhooks, as HTTP/1.1 would carry them", async () => {
    await using started = await startEngine({ connect: false });
    const headers = [
      { name: ":method", value: "POST" },
      { name: ":authority", value: "a.example" },
      { name: "content-type", value: "application/json" },
      { name: "x-title", value: "\u65e5" },
    ];
    const text = toHar(
      { request: { method: "GET", url: "https://a.example/app.js", headers: [] }, response: { status: 200 } },
      {
        startedDateTime: "2026-05-06T07:08:09.123456+02:00",
        request: { method: "POST", url: "https://a.example/h\u00e9 b?x=%20#top", headers, postData: { text: "{}" } },
        response: { status: 500 },
      },
      { request: { method: "DELETE", url: "/only/path", postData: { text: "why" } } },
      MINIMAL,
      { request: { method: "POST", url: "http://a.example?x=1" } },
    );

    const result = await started.client.call("import.read", { format: "har", text });

    expect(result).toMatchObject({ imported: 4, skipped: [], ignored: 1 });
    expect(await started.client.call("deliveries.get", { id: "d1" })).toMatchObject({
      source: "imported",
      receivedAt: "2026-05-06T05:08:09.123Z",
      path: "/h%C3%A9%20b?x=%20",
      headers: [
        ["host", "a.example"],
        ["content-type", "application/json"],
        ["x-title", Buffer.from("\u65e5").toString("latin1")],
      ],
      answered: null,
    });
    const { items } = await started.client.call("deliveries.list", {});
    expect(items.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /?x=1",
      "POST /hook",
      "DELETE /only/path",
      "POST /h%C3%A9%20b?x=%20",
    ]);
  });

  it("is known again where it went to our registered URL, whose part of the path is ours", async () => {
    await using started = await startEngine();
    await started.client.call("simulator.trigger", { type: "video.caption.generated", via: "listener" });
    const { url = "" } = (await started.client.call("app.snapshot", {})).registration;
    const request = { method: "POST", url: `${url}/hook`, postData: { text: "{}" } };
    const text = toHar({ startedDateTime: "2026-05-06T07:08:09.123Z", request });
    const read = () => started.client.call("import.read", { format: "har", text });

    expect(await read()).toMatchObject({ ids: ["d2"] });
    expect(await read()).toMatchObject({ ids: [], alreadyHere: [{ number: 1, id: "d2" }] });
  });

  it("has its bodies as bytes: UTF-8, base64, or one per character where the size says so", async () => {
    await using started = await startEngine({ connect: false });
    const bytes = Buffer.from([0xff, 0x00, 0xe9]);
    const text = toHar(
      withBody({ text: "\u00e9" }, { bodySize: -1 }),
      withBody({ text: "\u00e9" }, { bodySize: 1 }),
      withBody({ text: bytes.toString("base64"), encoding: "base64" }),
      withBody({ text: "", _bodyBase64: bytes.toString("base64") }),
      withBody({ text: "a=1", params: [{ name: "a", value: "1" }] }),
    );

    const { ids } = await started.client.call("import.read", { format: "har", text });

    const bodies = await Promise.all(ids.map((id) => started.client.call("deliveries.body", { id })));
    expect(bodies.map(({ base64 }) => Buffer.from(base64, "base64").toString("latin1"))).toEqual([
      "\u00c3\u00a9",
      "\u00e9",
      ...[bytes, bytes].map((body) => body.toString("latin1")),
      "a=1",
    ]);
  });

  it("names the entries whose bytes nobody knows, or that are no requests", async () => {
    await using started = await startEngine({ connect: false });
    const text = toHar(
      withBody({ mimeType: "multipart/form-data", params: [{ name: "a" }] }),
      withBody({ text: "\ud800" }),
      withBody({ text: "!", encoding: "base64" }),
      null,
      {},
      { request: { method: "POST", url: "/", headers: [{ name: "a b", value: "" }] } },
      { ...withBody({ text: "ab" }, { bodySize: 3 }), _delivery: { path: "/" } },
      MINIMAL,
    );

    const { ids, skipped } = await started.client.call("import.read", { format: "har", text });

    expect(ids).toEqual(["d1"]);
    expect(skipped).toEqual([
      { number: 1, why: expect.stringContaining("form fields only") },
      { number: 2, why: expect.stringContaining("half a character") },
      { number: 3, why: "Its body is no base64." },
      { number: 4, why: "It is no JSON object." },
      { number: 5, why: "It has no request." },
      { number: 6, why: expect.stringContaining("Its header 1") },
      { number: 7, why: "Its body has 2 bytes, and should have 3." },
    ]);
  });
});
