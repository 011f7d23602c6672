import { createHash, randomBytes } from "node:crypto";
import { createServer, request as httpRequest } from "node:http";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { times } from "../../helpers/fuzz.ts";
import { LOCALTUNNEL, openUrl, SUBDOMAIN, tunnelFixture } from "./tunnel-fixture.ts";

describe("a tunnel with localtunnel", () => {
  it("carries deliveries to the local server", async () => {
    await using fixture = await tunnelFixture();

    const url = await openUrl(fixture);
    const response = await fetch(`${url}/hook?x=1`, { method: "POST", body: "grüß" });

    expect(await response.text()).toBe("grüß");
    expect(fixture.states).toEqual([
      { provider: "localtunnel", phase: "opening", url: null },
      { provider: "localtunnel", phase: "open", url, proof: { at: expect.any(String), ms: expect.any(Number) } },
    ]);
  });

  it("keeps the bytes of bodies, whatever they are", async () => {
    await using fixture = await tunnelFixture();
    const url = await openUrl(fixture);

    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), async (bytes) => {
        const response = await fetch(url, { method: "POST", body: Buffer.from(bytes) });
        expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(bytes));
      }),
      { numRuns: times(30) },
    );
  });

  it("keeps the bytes of a body of 20 MiB, also when it is sent in chunks", async () => {
    await using fixture = await tunnelFixture();
    const url = await openUrl(fixture);
    const body = randomBytes(20 * 1024 * 1024);

    const whole = await fetch(url, { method: "POST", body });
    const chunked = await sendInChunks(url, body, 77_777);

    expect(sha256(Buffer.from(await whole.arrayBuffer()))).toBe(sha256(body));
    expect(sha256(chunked)).toBe(sha256(body));
  });

  it("keeps names, case, order and duplicates of headers, and the Host of the public URL", async () => {
    const seen: string[][] = [];
    const target = createServer((request, response) => {
      seen.push(request.rawHeaders);
      response.end();
    });
    await using fixture = await tunnelFixture({ target });
    const url = await openUrl(fixture);

    const request = httpRequest(url, {
      headers: ["Host", new URL(url).host, "X-Twice", "b", "x-LOWER", "1", "X-Twice", "a"],
    });
    request.end();
    await new Promise((resolve) => request.once("response", resolve));

    const host = new URL(url).host;
    expect(seen[0]?.slice(0, 8)).toEqual(["Host", host, "X-Twice", "b", "x-LOWER", "1", "X-Twice", "a"]);
  });

  it("carries 200 deliveries that come at once", async () => {
    await using fixture = await tunnelFixture();
    const url = await openUrl(fixture);

    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => (await fetch(url, { method: "POST", body: `n${i}` })).text()),
    );

    expect(answers).toEqual(Array.from({ length: 200 }, (_, i) => `n${i}`));
  });

  it("goes on after the local server reset more connections than the client holds", async () => {
    let resets = 0;
    const target = createServer((request, response) => {
      if (resets >= 12) return void request.pipe(response);
      resets += 1;
      request.socket.resetAndDestroy();
    });
    await using fixture = await tunnelFixture({ target });
    const url = await openUrl(fixture);

    await vi.waitFor(
      async () => {
        const response = await fetch(url, { method: "POST", body: "x", signal: AbortSignal.timeout(1_000) });
        expect(response.status).toBe(200);
      },
      { timeout: 12_000, interval: 100 },
    );

    expect(resets).toBe(12);
  });

  it("holds no connection any more once it is closed", async () => {
    await using fixture = await tunnelFixture();
    const { relay, tunnel, target } = fixture;
    const url = await openUrl(fixture);
    await fetch(url, { method: "POST", body: "x" });
    expect(relay.connections(SUBDOMAIN)).toBeGreaterThan(0);

    const state = await tunnel.close();

    expect(state).toEqual({ provider: "localtunnel", phase: "closed", url: null });
    await vi.waitFor(async () => {
      expect(relay.connections(SUBDOMAIN)).toBe(0);
      expect(await new Promise((resolve) => target.getConnections((_error, count) => resolve(count)))).toBe(0);
    });
  });

  it("asks for its name again before it takes another one, unless it is opened by hand once more", async () => {
    await using fixture = await tunnelFixture();
    const { relay, tunnel, options } = fixture;
    relay.faults.taken.add(SUBDOMAIN);

    const waiting = await tunnel.open(LOCALTUNNEL, options);
    const url = await openUrl(fixture);

    expect(waiting).toMatchObject({ phase: "reconnecting", url: null, fault: { kind: "name-taken" } });
    expect(await (await fetch(url, { method: "POST", body: "x" })).text()).toBe("x");
    expect(relay.connections(SUBDOMAIN)).toBe(0);
  });

  it("reaches a relay on this machine directly, whatever proxy the environment names", async () => {
    vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:1");
    vi.stubEnv("http_proxy", "http://127.0.0.1:1");
    try {
      await using fixture = await tunnelFixture();

      expect((await fixture.tunnel.open(LOCALTUNNEL, fixture.options)).phase).toBe("open");
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe("a tunnel without a client of ours", () => {
  it("is open at once with the user's own URL", async () => {
    await using fixture = await tunnelFixture();
    const url = await openUrl(fixture);
    await using other = await tunnelFixture({ target: createServer(), leadsTo: fixture });

    const state = await other.tunnel.open({ provider: "manual", url }, { host: null, subdomain: SUBDOMAIN });

    expect(state).toMatchObject({ provider: "manual", phase: "open", url });
  });

  it("is idle when none is wanted, and closes the one that was open", async () => {
    await using fixture = await tunnelFixture();
    await openUrl(fixture);

    const state = await fixture.tunnel.open({ provider: "none" }, fixture.options);

    expect(state).toEqual({ provider: "none", phase: "idle", url: null });
    await vi.waitFor(() => expect(fixture.relay.connections(SUBDOMAIN)).toBe(0));
  });
});

async function sendInChunks(url: string, body: Buffer, chunkBytes: number): Promise<Buffer> {
  const request = httpRequest(url, { method: "POST" });
  const answered = new Promise<Buffer>((resolve, reject) => {
    request.once("error", reject);
    request.once("response", (response) => void buffer(response).then(resolve, reject));
  });
  for (let start = 0; start < body.length; start += chunkBytes) request.write(body.subarray(start, start + chunkBytes));
  request.end();
  return answered;
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
