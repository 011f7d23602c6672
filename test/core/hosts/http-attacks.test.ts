import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { createEventBus } from "#core/event-bus.ts";
import { startHttpHost } from "#core/hosts/http/http-host.ts";
import { createTickets } from "#core/hosts/http/tickets.ts";
import { commands } from "#shared/contract/commands.ts";
import type { CommandName } from "#shared/contract/types.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { sampleDelivery } from "../../renderer/samples.ts";

const TOKEN = "token-of-this-run";
const AUTHORIZATION = `Authorization: Bearer ${TOKEN}`;

async function start() {
  const called: string[] = [];
  const log = silentLog();
  const events = createEventBus(log);
  const host = await startHttpHost({
    router: {
      async dispatch(name) {
        called.push(name);
        return { ok: true, result: {} };
      },
    },
    ...{ events, log, port: 0, token: TOKEN, uiDir: import.meta.dirname },
  });
  const { port, host: authority } = new URL(host.url);
  return {
    ...{ called, log, events, url: host.url, port: Number(port), authority },
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

const EVENT_BYTES = 100_000;

type Started = Awaited<ReturnType<typeof start>>;

/** Sends these very bytes and answers all that comes back. */
async function raw({ port }: Started, lines: readonly string[], body = ""): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  const length = body === "" ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  socket.write(`${[...lines, "Connection: close", ...length].join("\r\n")}\r\n\r\n${body}`);
  return text(socket);
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);

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
    await using host = await start();
    const authority = name.replace("PORT", String(host.port));

    const answer = await raw(host, ["POST /api/call/x HTTP/1.1", `Host: ${authority}`, AUTHORIZATION], "{}");

    expect(statusOf(answer)).toBe(403);
    expect(host.called).toEqual([]);
  });

  it("gets nowhere without a Host, nor with a URL in the request line", async () => {
    await using host = await start();
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
    await using host = await start();

    for (const origin of [[], ["Origin: http://evil.example"], ["Origin: null"]]) {
      const answer = await raw(host, [...lines, `Host: ${host.authority}`, ...origin], body);
      expect(statusOf(answer)).toBe(origin.length > 0 ? 403 : status);
      expect(answer).not.toMatch(/access-control/i);
    }
    expect(host.called).toEqual([]);
  });

  it("does not have a command run by anything but POST, with the token as well", async () => {
    await using host = await start();

    for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const answer = await raw(host, [`${method} /api/call/x HTTP/1.1`, `Host: ${host.authority}`, AUTHORIZATION]);
      expect(statusOf(answer)).toBe(405);
    }
    expect(host.called).toEqual([]);
  });
});

describe("the token", () => {
  it("is in no log and no answer, wherever it is sent", async () => {
    await using host = await start();
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
    await using host = await start();
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
    await using host = await start();
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

describe("readers of events", () => {
  it("are fifty at most, and one that goes makes room", async () => {
    await using host = await start();
    const follow = async () => {
      const socket = connect(host.port, "127.0.0.1");
      socket.on("error", () => {});
      socket.write(`GET /api/events HTTP/1.1\r\nHost: ${host.authority}\r\n${AUTHORIZATION}\r\n\r\n`);
      const [first] = await once(socket, "data");
      return { socket, status: statusOf(String(first)) };
    };

    const readers = await Promise.all(Array.from({ length: 200 }, follow));
    expect(readers.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(readers.filter(({ status }) => status === 503)).toHaveLength(150);
    for (const { socket } of readers) socket.destroy();

    await vi.waitFor(async () => {
      const { socket, status } = await follow();
      socket.destroy();
      expect(status).toBe(200);
    }, 10_000);
  });

  it("that read nothing are cut off before they take much memory together, and the others miss nothing", {
    timeout: 60_000,
  }, async () => {
    await using host = await start();
    const slow = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const socket = connect(host.port, "127.0.0.1");
        socket.on("error", () => {});
        socket.write(`GET /api/events HTTP/1.1\r\nHost: ${host.authority}\r\n${AUTHORIZATION}\r\n\r\n`);
        await once(socket, "readable");
        return socket;
      }),
    );
    const stop = new AbortController();
    const { body } = await fetch(`${host.url}/api/events`, {
      headers: { Authorization: `Bearer ${TOKEN}` },
      signal: stop.signal,
    });
    let seenBytes = 0;
    const reading = (async () => {
      for await (const chunk of body ?? []) seenBytes += chunk.byteLength;
    })().catch(() => undefined);

    // Each of them alone is not far enough behind to be cut off.
    const event = sampleDelivery({ path: `/${"x".repeat(EVENT_BYTES)}` });
    for (let n = 1; n <= 70; n++) {
      host.events.publish("delivery.received", event);
      await vi.waitFor(() => expect(seenBytes).toBeGreaterThan(n * EVENT_BYTES), { interval: 1, timeout: 10_000 });
    }

    let cutOff = 0;
    for (const socket of slow) socket.once("close", () => (cutOff += 1)).resume();
    await vi.waitFor(() => expect(cutOff).toBeGreaterThan(20), { timeout: 10_000 });
    stop.abort();
    await reading;
    for (const socket of slow) socket.destroy();
  });
});

/** What JSON can carry to reach what all objects share, or to exhaust who reads it. */
const deep = `${'{"a":['.repeat(10_000)}${"]}".repeat(10_000)}`;
const POISONED = [
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  '{"set":{"__proto__.polluted":1,"constructor.prototype.polluted":1,"a":{"__proto__":{"polluted":1}}},"type":"x","count":1}',
  '{"values":{"__proto__":{"polluted":1}},"edits":{"__proto__":{"polluted":1},"headers":[["__proto__","1"]]},"id":"__proto__"}',
  '{"query":"__proto__.polluted=1","ids":["__proto__","constructor"],"names":["__proto__"],"format":"__proto__"}',
  `{"id":${deep},"set":{"a":${deep}},"type":"x","edits":{"body":${deep}},"values":${deep}}`,
  `{"id":"${"d".repeat(100_000)}","query":"${"(".repeat(100_000)}","name":"${"\\u0000".repeat(1_000)}"}`,
  deep,
  "[]",
  "null",
  '"text"',
  "1e999",
];

describe("every command", () => {
  it("takes poisoned, oversized and deep input for wrong input at worst, and nothing else is changed by it", {
    timeout: 60_000,
  }, async () => {
    await using started = await startEngine({ connect: false });
    const names = Object.keys(commands) as CommandName[];
    const broken: string[] = [];

    for (const name of names) {
      for (const json of POISONED) {
        const reply = await started.engine.router.dispatch(name, JSON.parse(json));
        if (!reply.ok && reply.error.code === "internal") broken.push(`${name} ${json.slice(0, 60)}`);
        // A reply goes out as JSON.
        JSON.stringify(reply);
      }
    }

    expect(broken).toEqual([]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(started.log.lines.filter((line) => line.startsWith("error"))).toEqual([]);
  });
});
