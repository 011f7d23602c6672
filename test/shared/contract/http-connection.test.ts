import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connection, ConnectionStatus } from "#shared/contract/connection.ts";
import type { ControlApi } from "#shared/contract/control-api.ts";
import { createHttpConnection } from "#shared/contract/http-connection.ts";

let server: Server;
let requests: IncomingMessage[];
let streams: ServerResponse[];
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let connection: Connection;
let found: ControlApi | null;
let stop: () => void;

beforeEach(async () => {
  requests = [];
  streams = [];
  stop = () => undefined;
  respond = (_, response) => void response.end('{"ok":true,"result":{}}');
  server = createServer((request, response) => {
    requests.push(request);
    if (request.url !== "/api/events") return respond(request, response);
    response.writeHead(200, { "Content-Type": "text/event-stream" }).write(": hello\n\n");
    streams.push(response);
  });
  server.listen(0, "127.0.0.1");
  await vi.waitFor(() => expect(server.listening).toBe(true));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const api = { url: `http://127.0.0.1:${port}`, token: "secret" };
  found = api;
  connection = createHttpConnection({ find: () => found, fetch });
});

afterEach(() => {
  stop();
  server.closeAllConnections();
  server.close();
});

function watch(): { events: unknown[]; statuses: ConnectionStatus[] } {
  const events: unknown[] = [];
  const statuses: ConnectionStatus[] = [];
  connection.onStatus((status) => statuses.push(status));
  stop = connection.subscribe((event) => events.push(event));
  return { events, statuses };
}

describe("a call", () => {
  it("carries name, input and token, and brings the reply back as it is", async () => {
    const reply = await connection.invoke("deliveries.list", { limit: 5 });

    expect(reply).toEqual({ ok: true, result: {} });
    expect(requests[0]).toMatchObject({ method: "POST", url: "/api/call/deliveries.list" });
    expect(requests[0]?.headers.authorization).toBe("Bearer secret");
  });

  it("says that the inspector does not answer when nobody is there", async () => {
    server.close();

    await expect(connection.invoke("app.snapshot", {})).rejects.toMatchObject({
      code: "host.disconnected",
      retryable: true,
    });
  });

  it("says that the token is of an earlier run when it is refused", async () => {
    respond = (_, response) => void response.writeHead(401).end();
    const { statuses } = watch();

    await expect(connection.invoke("app.snapshot", {})).rejects.toMatchObject({ code: "host.disconnected" });

    expect(statuses).toContainEqual({ kind: "refused" });
  });

  it("asks for another try where the token that was refused is not the newest any more", async () => {
    respond = (_, response) => {
      found = { url: found?.url ?? "", token: "newer" };
      response.writeHead(401).end();
    };
    const { statuses } = watch();

    await expect(connection.invoke("app.snapshot", {})).rejects.toMatchObject({
      code: "host.disconnected",
      retryable: true,
    });

    expect(statuses).not.toContainEqual({ kind: "refused" });
  });

  it("refuses what JSON cannot say, and sends nothing", async () => {
    const endless: Record<string, unknown> = {};
    endless["itself"] = endless;

    for (const input of [endless, { big: 1n }]) {
      await expect(connection.invoke("app.snapshot", input)).rejects.toMatchObject({ code: "input.invalid" });
    }

    expect(requests).toEqual([]);
  });
});

describe("the stream", () => {
  it("delivers events in order", async () => {
    const { events, statuses } = watch();
    await vi.waitFor(() => expect(streams).toHaveLength(1));

    streams[0]?.write('id: 1\ndata: {"seq":1}\n\nid: 2\ndata: {"seq":2}\n\n');

    await vi.waitFor(() => expect(events).toEqual([{ seq: 1 }, { seq: 2 }]));
    expect(statuses).toEqual([{ kind: "connecting" }, { kind: "connected", resumed: false }]);
  });

  it("connects again when it breaks, and resumes after the last event it got", async () => {
    const { events, statuses } = watch();
    await vi.waitFor(() => expect(streams).toHaveLength(1));
    streams[0]?.write('id: 41\ndata: {"seq":41}\n\n');
    await vi.waitFor(() => expect(events).toHaveLength(1));

    streams[0]?.destroy();
    await vi.waitFor(() => expect(streams).toHaveLength(2), 3_000);

    expect(requests.at(-1)?.headers["last-event-id"]).toBe("41");
    await vi.waitFor(() =>
      expect(statuses.slice(2)).toEqual([{ kind: "disconnected" }, { kind: "connected", resumed: true }]),
    );
  });

  it("begins anew with an engine that came in the place of the first, and says which process it is", async () => {
    const { events, statuses } = watch();
    await vi.waitFor(() => expect(streams).toHaveLength(1));
    streams[0]?.write('id: 41\ndata: {"seq":41}\n\n');
    await vi.waitFor(() => expect(events).toHaveLength(1));

    const first = found;
    found = null;
    streams[0]?.destroy();
    await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ kind: "disconnected" }));
    await expect(connection.invoke("app.snapshot", {})).rejects.toMatchObject({ code: "host.disconnected" });
    found = { url: first?.url ?? "", token: "of the next run", pid: 42 };
    await vi.waitFor(() => expect(streams).toHaveLength(2), 3_000);

    expect(requests.at(-1)?.headers).toMatchObject({ authorization: "Bearer of the next run" });
    expect(requests.at(-1)?.headers).not.toHaveProperty("last-event-id");
    await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ kind: "connected", resumed: false, pid: 42 }));
  });

  it("does not wait for long for a stream that is not answered, and tries again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const asked: AbortSignal[] = [];
      const deaf = ((_: unknown, { signal }: { signal: AbortSignal }) => {
        asked.push(signal);
        return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      }) as typeof fetch;
      connection = createHttpConnection({ find: () => ({ url: "http://127.0.0.1:1", token: "secret" }), fetch: deaf });
      watch();
      await vi.advanceTimersByTimeAsync(0);
      expect(asked).toHaveLength(1);

      await vi.advanceTimersByTimeAsync(10_000);

      expect(asked[0]?.aborted).toBe(true);
      expect(asked.length).toBeGreaterThan(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it("ends when nobody listens any more", async () => {
    watch();
    await vi.waitFor(() => expect(streams).toHaveLength(1));

    stop();

    await vi.waitFor(() => expect(streams[0]?.closed).toBe(true));
  });
});
