import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createEventBus } from "#core/event-bus.ts";
import { type HttpHostDeps, startHttpHost } from "#core/hosts/http/http-host.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const TOKEN = "token-of-this-run";

function start(more: Partial<HttpHostDeps> = {}) {
  return startHttpHost({
    router: { dispatch: async (name, input) => ({ ok: true, result: { name, input } }) },
    events: createEventBus(silentLog()),
    log: silentLog(),
    port: 0,
    token: TOKEN,
    uiDir: null,
    ...more,
  });
}

/** node:http sends any Host and path as they are; fetch would not. */
function send(
  url: string,
  path: string,
  headers: Record<string, string> = {},
  body = "",
  method = "POST",
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    text: string;
    headers: Record<string, unknown>;
  }>();
  const { hostname, port } = new URL(url);
  const outgoing = request({ hostname, port, path, method, headers }, async (response) => {
    let text = "";
    for await (const chunk of response) text += chunk;
    resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
  });
  outgoing.on("error", reject);
  outgoing.end(body);
  return promise;
}

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` };

describe("the control API", () => {
  it("answers a call with the token, and without an Origin, as scripts send it", async () => {
    await using host = await start();

    const reply = await send(host.url, "/api/call/some.command", AUTHORIZED, '{"a":1}');

    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toEqual({ ok: true, result: { name: "some.command", input: { a: 1 } } });
  });

  it.each([
    ["no token", {}, 401],
    ["a wrong token", { Authorization: "Bearer wrong" }, 401],
    ["a token of the same length", { Authorization: `Bearer ${"x".repeat(TOKEN.length)}` }, 401],
    ["another scheme", { Authorization: `Basic ${TOKEN}` }, 401],
    ["the token in a cookie", { Cookie: `token=${TOKEN}` }, 401],
    ["a foreign Host (DNS rebinding)", { ...AUTHORIZED, Host: "evil.example" }, 403],
    ["a foreign Host with our port", { ...AUTHORIZED, Host: "evil.example:4040" }, 403],
    ["a foreign Origin", { ...AUTHORIZED, Origin: "http://evil.example" }, 403],
    ["the Origin of another local server", { ...AUTHORIZED, Origin: "http://127.0.0.1:1" }, 403],
    ["the Origin null of a sandboxed page", { ...AUTHORIZED, Origin: "null" }, 403],
  ])("refuses %s, for calls and events alike", async (_, headers: Record<string, string>, status) => {
    await using host = await start();

    expect((await send(host.url, "/api/call/app.snapshot", headers, "{}")).status).toBe(status);
    expect((await send(host.url, "/api/events", headers, "", "GET")).status).toBe(status);
  });

  it("accepts its own Origin", async () => {
    await using host = await start();

    const reply = await send(host.url, "/api/call/x", { ...AUTHORIZED, Origin: host.url }, "{}");

    expect(reply.status).toBe(200);
  });

  it("says that the input is not JSON, as a reply like any other", async () => {
    await using host = await start();

    const reply = await send(host.url, "/api/call/x", AUTHORIZED, "{oops");

    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({ ok: false, error: { code: "input.invalid" } });
  });

  it("cuts off an input larger than any command takes", async () => {
    await using host = await start();

    const reply = await send(host.url, "/api/call/x", AUTHORIZED, "x".repeat(17 * 1024 * 1024)).catch(() => null);

    expect(reply?.status ?? 413).toBe(413);
    expect((await send(host.url, "/api/call/x", AUTHORIZED, "{}")).status).toBe(200);
  });

  it("takes more of a command whose inputs are files", async () => {
    await using host = await start();
    const input = JSON.stringify({ text: "x".repeat(17 * 1024 * 1024) });

    const reply = await send(host.url, "/api/call/import.read", AUTHORIZED, input);

    expect(JSON.parse(reply.text)).toMatchObject({ ok: true, result: { name: "import.read" } });
    const tooLarge = send(host.url, "/api/call/import.read", AUTHORIZED, "x".repeat(65 * 1024 * 1024));
    expect((await tooLarge.catch(() => null))?.status ?? 413).toBe(413);
  });

  it("resumes a stream of events where it was, and says reset where that is gone", async () => {
    const events = createEventBus(silentLog());
    await using host = await start({ events });
    for (let n = 0; n < 3; n++) events.publish("webhooks.changed", {});

    const readUntil = async (lastId: string, marker: string) => {
      const stop = new AbortController();
      const response = await fetch(`${host.url}/api/events`, {
        headers: { ...AUTHORIZED, "Last-Event-ID": lastId },
        signal: stop.signal,
      });
      let text = "";
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true });
        if (text.includes(marker)) break;
      }
      stop.abort();
      return [...text.matchAll(/^id: (\d+)$/gm)].map((match) => match[1]).concat(/"reset"/.test(text) ? ["reset"] : []);
    };

    expect(await readUntil("1", "id: 3")).toEqual(["2", "3"]);
    expect(await readUntil("999", "reset")).toEqual(["3", "reset"]);
  });
});

describe("the files of the UI", () => {
  it("come with the content security policy and no referrer, and the page with this load's nonce", async () => {
    using dir = tempDir();
    writeFileSync(join(dir.path, "index.html"), '<meta nonce="__CSP_NONCE__">');
    await using host = await start({ uiDir: dir.path });

    const first = await send(host.url, "/", {}, "", "GET");
    const second = await send(host.url, "/", {}, "", "GET");

    const nonce = /nonce="([^"]+)"/.exec(first.text)?.[1];
    expect(first.headers["content-security-policy"]).toContain(`'nonce-${nonce}'`);
    expect(first.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(first.headers["content-security-policy"]).not.toContain("unsafe");
    expect(first.headers).toMatchObject({ "referrer-policy": "no-referrer", "x-content-type-options": "nosniff" });
    expect(second.text).not.toContain(String(nonce));
  });

  it.each([
    "/../secret.json",
    "/..%2fsecret.json",
    "/%2e%2e/secret.json",
    "/assets/../../secret.json",
    "/..\\secret.json",
    "/%00",
    "/%zz",
  ])("never leave their folder: %s", async (path) => {
    using dir = tempDir();
    writeFileSync(join(dir.path, "secret.json"), "secret");
    const uiDir = join(dir.path, "ui");
    mkdirSync(uiDir);
    writeFileSync(join(uiDir, "index.html"), "page");
    await using host = await start({ uiDir });

    const reply = await send(host.url, path, {}, "", "GET");

    expect(reply.status).toBe(404);
    expect(reply.text).not.toContain("secret");
  });
});
