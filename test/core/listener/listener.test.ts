import { once } from "node:events";
import { connect, createServer } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { collect, exchange, startTestListener } from "./start-test-listener.ts";

describe("the listener", () => {
  it("captures any method and path with its headers exactly as they stood on the wire", async () => {
    await using listener = await startTestListener();

    const answer = await exchange(
      listener.port,
      "BREW /a//b/../%2e?x=%zz HTTP/1.1\r\nhOsT: x\r\nX-Two: 1\r\nx-two: 2\r\nX-Latin: \xe9\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc".replace(
        "BREW",
        "PROPFIND",
      ),
    );

    expect(answer).toMatch(/^HTTP\/1\.1 202 Accepted\r\n/);
    expect(answer).toMatch(/\r\n\r\n$/);
    expect(listener.records[0]?.arrival).toMatchObject({
      method: "PROPFIND",
      path: "/a//b/../%2e?x=%zz",
      body: Buffer.from("abc"),
    });
    expect(listener.records[0]?.arrival.rawHeaders.slice(0, 6)).toEqual(["hOsT", "x", "X-Two", "1", "x-two", "2"]);
  });

  it("answers a path of the control API like any other", async () => {
    await using listener = await startTestListener();

    const replies = await Promise.all(
      ["/api/call/app.snapshot", "/api/events", "/index.html", "/hook"].map((path) =>
        fetch(listener.url + path, { method: "POST", body: "{}" }),
      ),
    );

    expect(replies.map((reply) => reply.status)).toEqual([202, 202, 202, 202]);
    expect(await Promise.all(replies.map((reply) => reply.text()))).toEqual(["", "", "", ""]);
  });

  it("answers only after the delivery is captured", async () => {
    const gate = Promise.withResolvers<void>();
    let isAnswered = false;
    await using listener = await startTestListener({
      async capture() {
        await gate.promise;
        return { answered() {} };
      },
    });

    const reply = fetch(listener.url, { method: "POST", body: "x" }).then(() => {
      isAnswered = true;
    });
    await fetch(`http://127.0.0.1:${listener.port}`, { signal: AbortSignal.timeout(50) }).catch(() => {});
    expect(isAnswered).toBe(false);
    gate.resolve();
    await reply;

    expect(isAnswered).toBe(true);
  });

  it("keeps every byte of bodies of every kind, chunked or not", async () => {
    await using listener = await startTestListener();
    const bodies = [Buffer.alloc(0), Buffer.from([0, 255, 13, 10, 0]), Buffer.alloc(10 * 1024 * 1024, 7)];

    for (const body of bodies) await fetch(listener.url, { method: "POST", body });
    await exchange(
      listener.port,
      "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nchu\r\n4\r\nnked\r\n0\r\n\r\n",
    );

    const kept = listener.records.map((record) => record.arrival.body);
    expect(kept.slice(0, 3).map((body, n) => body.equals(bodies[n] ?? Buffer.from("?")))).toEqual([true, true, true]);
    expect(kept[3]?.toString()).toBe("chunked");
  });

  it("answers 413 to a body over the limit and hands on what arrived up to it, marked cut", async () => {
    await using listener = await startTestListener({ bodyLimit: 1000 });

    const reply = await fetch(listener.url, { method: "POST", body: Buffer.alloc(500_000, 1) });

    expect(reply.status).toBe(413);
    expect(listener.records[0]).toMatchObject({ status: 413, arrival: { incomplete: "cut" } });
    expect(listener.records[0]?.arrival.body.length).toBe(1000);
  });

  it("accepts a body of exactly the limit", async () => {
    await using listener = await startTestListener({ bodyLimit: 1000 });

    const reply = await fetch(listener.url, { method: "POST", body: Buffer.alloc(1000, 1) });

    expect(reply.status).toBe(202);
    expect(listener.records[0]?.arrival.incomplete).toBeUndefined();
  });

  it("hands on a request that breaks off as incomplete, with no answer", async () => {
    await using listener = await startTestListener();
    const socket = connect(listener.port, "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");

    setImmediate(() => socket.resetAndDestroy());

    await vi.waitFor(() => expect(listener.records).toHaveLength(1));
    expect(listener.records[0]).toMatchObject({
      status: null,
      answeredAt: null,
      arrival: { incomplete: "broken-off" },
    });
  });

  it("answers 408 to a body that takes too long, and hands on what came", async () => {
    await using listener = await startTestListener({ bodyDeadlineMs: 100 });

    const answer = await exchange(listener.port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(listener.records[0]?.arrival).toMatchObject({ incomplete: "timed-out", body: Buffer.from("abc") });
  });

  it("answers 408 to a head that takes too long, but leaves a connection alone that never sent a byte", async () => {
    await using listener = await startTestListener({ headDeadlineMs: 300 });
    const idle = connect(listener.port, "127.0.0.1");
    await once(idle, "connect");

    const answer = await exchange(listener.port, "POST / HTTP/1.1\r\nHos");
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);

    const late = collect(idle);
    idle.write("POST /late HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect(await late).toMatch(/^HTTP\/1\.1 202 /);
  });

  it("answers 400 to broken chunks and hands on what came, marked malformed", async () => {
    await using listener = await startTestListener();

    const answer = await exchange(
      listener.port,
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nZZZ\r\n",
    );

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(listener.records[0]).toMatchObject({
      status: 400,
      arrival: { incomplete: "malformed", body: Buffer.from("abc") },
    });
  });

  it("answers 400 to what is not HTTP, 431 to an endless head, and goes on", async () => {
    await using listener = await startTestListener();

    expect(await exchange(listener.port, "\x16\x03\x01 hello\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await exchange(listener.port, `GET / HTTP/1.1\r\nX: ${"y".repeat(300_000)}`)).toMatch(/^HTTP\/1\.1 431 /);
    expect((await fetch(listener.url)).status).toBe(202);
    expect(listener.records).toHaveLength(1);
  });

  it("captures CONNECT and upgrade requests without opening anything", async () => {
    await using listener = await startTestListener();

    const connected = await exchange(listener.port, "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n");
    const upgraded = await exchange(
      listener.port,
      "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\n\r\n",
    );

    expect(connected).toMatch(/^HTTP\/1\.1 405 /);
    expect(upgraded).toMatch(/^HTTP\/1\.1 202 /);
    expect(listener.records.map((record) => record.arrival.method)).toEqual(["CONNECT", "GET"]);
  });

  it("answers 503 with Retry-After when the delivery could not be kept", async () => {
    await using listener = await startTestListener({ capture: () => Promise.reject(new Error("disk full")) });

    const reply = await fetch(listener.url, { method: "POST", body: "x" });

    expect(reply.status).toBe(503);
    expect(reply.headers.get("retry-after")).toBe("1");
  });

  it("names the port and the flag when the port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;

    await expect(startTestListener({ port })).rejects.toMatchObject({
      code: "listener.port_in_use",
      message: expect.stringMatching(new RegExp(`${port}.*--listener-port`)),
    });
    taken.close();
  });

  it("keeps what expects something that nobody knows, and answers it like any other", async () => {
    await using listener = await startTestListener();
    const bytes =
      "POST /hook HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

    expect(await exchange(listener.port, bytes)).toMatch(/^HTTP\/1\.1 202 /);
    expect(listener.records[0]?.arrival.body.toString()).toBe("ok");
  });

  it("keeps many requests of one connection in order", async () => {
    await using listener = await startTestListener();
    const requests = Array.from(
      { length: 20 },
      (_, n) =>
        `POST /${n} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n${n === 19 ? "Connection: close\r\n" : ""}\r\n${n % 10}`,
    );

    const answer = await exchange(listener.port, requests.join(""));

    expect(answer.match(/HTTP\/1\.1 202/g)).toHaveLength(20);
    expect(listener.records.map((record) => record.arrival.path)).toEqual(requests.map((_, n) => `/${n}`));
  });
});
