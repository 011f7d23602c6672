import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTickets } from "#core/hosts/http/tickets.ts";
import { AUTHORIZATION, raw, startTestHost, statusOf, TOKEN } from "./start-test-host.ts";

describe("a page of another origin", () => {
  it.each([
    "evil.example",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "[::1]:PORT",
    "0.0.0.0:PORT",
    "127.1:PORT",
    "2130706433:PORT",
    "user@127.0.0.1:PORT",
    "127.0.0.1:PORT.",
    "",
  ])("gets nowhere as the Host %s, be it with the token", async (name) => {
    await using host = await startTestHost();
    const authority = name.replace("PORT", String(host.port));

    const answer = await raw(host, ["POST /api/call/x HTTP/1.1", `Host: ${authority}`, AUTHORIZATION], "{}");

    expect(statusOf(answer)).toBe(403);
    expect(host.called).toEqual([]);
  });

  it("gets nowhere without a Host, nor with a URL in the request line", async () => {
    await using host = await startTestHost();
    const paths = ["/api/call/x", "/api/events"].flatMap((path) => [
      `http://evil.example${path}`,
      `http://${host.authority}${path}`,
      `//${host.authority}${path}`,
    ]);

    const hostless = await raw(host, ["POST /api/call/x HTTP/1.0", AUTHORIZATION], "{}");
    const absolute = await Promise.all(
      paths.map((path) => raw(host, [`GET ${path} HTTP/1.1`, `Host: ${host.authority}`, AUTHORIZATION])),
    );

    expect(statusOf(hostless)).toBe(403);
    expect(absolute.map(statusOf)).toEqual(paths.map(() => 404));
    expect(host.called).toEqual([]);
  });

  it.each([
    ["a form that posts text", ["POST /api/call/x HTTP/1.1", "Content-Type: text/plain"], '{"a":1}', 401],
    [
      "a form that posts fields",
      ["POST /api/call/x HTTP/1.1", "Content-Type: application/x-www-form-urlencoded"],
      "a=1",
      401,
    ],
    ["an image", ["GET /api/call/x HTTP/1.1"], "", 401],
    ["an image with the token in its address", [`GET /api/call/x?token=${TOKEN} HTTP/1.1`], "", 401],
    ["a question whether it may", ["OPTIONS /api/call/x HTTP/1.1", "Access-Control-Request-Method: POST"], "", 401],
  ])("is refused as %s, and allowed nothing", async (_, lines, body, status) => {
    await using host = await startTestHost();

    for (const origin of [[], ["Origin: http://evil.example"], ["Origin: null"]]) {
      const answer = await raw(host, [...lines, `Host: ${host.authority}`, ...origin], body);
      expect(statusOf(answer)).toBe(origin.length > 0 ? 403 : status);
      expect(answer).not.toMatch(/access-control/i);
    }
    expect(host.called).toEqual([]);
  });

  it("does not have a command run by anything but POST, with the token as well", async () => {
    await using host = await startTestHost();

    for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const answer = await raw(host, [`${method} /api/call/x HTTP/1.1`, `Host: ${host.authority}`, AUTHORIZATION]);
      expect(statusOf(answer)).toBe(405);
    }
    expect(host.called).toEqual([]);
  });
});

describe("the token", () => {
  it("is in no log and no answer, wherever it is sent", async () => {
    await using host = await startTestHost();
    const own = `Host: ${host.authority}`;

    const answers = await Promise.all([
      raw(host, [`POST /api/call/x?${TOKEN} HTTP/1.1`, own, AUTHORIZATION], "{"),
      raw(host, [`GET /${TOKEN} HTTP/1.1`, own, `Referer: ${host.url}/#token=${TOKEN}`]),
      raw(host, [`GET /api/nothing HTTP/1.1`, own, `Authorization: bearer ${TOKEN}`]),
      raw(host, [`BREW ${TOKEN}`, own]),
    ]);

    expect(answers.join()).not.toContain(TOKEN);
    expect(host.log.lines.join()).not.toContain(TOKEN);
  });
});

describe("an address that is good once", () => {
  it("is of no use to another origin or Host, to a guess, or a second time", async () => {
    await using host = await startTestHost();
    expect((await fetch(`${host.url}/api/open`, { method: "POST" })).status).toBe(401);
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const { path } = await (await fetch(`${host.url}/api/open`, { method: "POST", headers })).json();
    const own = `Host: ${host.authority}`;
    const open = (path: string, ...lines: string[]) => raw(host, [`GET ${path} HTTP/1.1`, ...lines]);

    expect(statusOf(await open(path, "Host: evil.example"))).toBe(403);
    expect(statusOf(await open(path, own, "Origin: http://evil.example"))).toBe(403);
    for (const guess of ["/open/", "/open/x", `${path}/x`, path.toUpperCase(), "/open/__proto__"])
      expect(await open(guess, own)).not.toContain(TOKEN);
    expect(statusOf(await raw(host, [`POST ${path} HTTP/1.1`, own]))).toBe(404);
    expect(await open(path, own)).toMatch(new RegExp(`^HTTP/1\\.1 302 [^]*Location: /#token=${TOKEN}\r\n`));
    expect(await open(path, own)).not.toContain(TOKEN);
  });

  it("is good for a minute", () => {
    let now = 0;
    const tickets = createTickets(() => now);
    const [first, second] = [tickets.issue(), tickets.issue()];

    now = 60_000;
    expect(tickets.take(first)).toBe(true);
    now = 60_001;
    expect(tickets.take(second)).toBe(false);
  });
});

describe("the files of the UI", () => {
  it("are those of their folder, however the way out is written", async () => {
    await using host = await startTestHost();
    const part = fc.constantFrom(
      "..",
      ".",
      "/",
      "\\",
      "%2e",
      "%2f",
      "%5c",
      "%252e",
      "%252f",
      "%00",
      "%c0%af",
      "x",
      ";",
      "~",
    );

    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
        const way = `/${parts.join("")}/package.json`;
        const answer = await raw(host, [`GET ${way} HTTP/1.1`, `Host: ${host.authority}`]);
        expect([400, 404]).toContain(statusOf(answer));
      }),
    );
  });
});
