import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { times } from "../../helpers/fuzz.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { clientTo, type FakeAnswer, startFakeApi } from "./fake-api.ts";

const KEY = "canary-key-7f3a";
const BASIC_KEY = Buffer.from(`${KEY}:`).toString("base64");

async function errorFrom(answer: FakeAnswer): Promise<unknown> {
  await using api = await startFakeApi(() => answer);
  // Awaited here, or the server would be gone before it is asked.
  return await clientTo(api.url, { apiKey: KEY })
    .checkKey()
    .catch((error: unknown) => error);
}

describe("the client, at servers that misbehave", () => {
  it.each([
    [{ status: 401, body: "" }, "api.unauthorized", false],
    [{ status: 403, body: { title: "Account suspended." } }, "api.forbidden", false],
    [{ status: 404, body: "<html>" }, "api.not_found", false],
    [{ status: 400, body: { problems: [{ name: "url", title: "Bad." }, { title: "Worse." }] } }, "api.rejected", false],
    [{ status: 400, body: { type: "x/webhook-limit-reached" } }, "registration.limit", false],
    [{ status: 409, body: "[]" }, "api.rejected", false],
    [{ status: 429, body: "slow down" }, "api.rate_limited", true],
    [{ status: 500, body: { title: "Server error" } }, "api.unavailable", true],
    [{ status: 502, body: "<h1>Bad Gateway</h1>" }, "api.unavailable", true],
    [{ status: 200, body: "<html>Sign in to the hotel's network</html>" }, "api.unexpected_response", false],
    [{ status: 200, body: "" }, "api.unexpected_response", false],
    [{ status: 200, body: { data: "none" } }, "api.unexpected_response", false],
    [{ status: 302, headers: { Location: "http://127.0.0.1:1/" } }, "api.unexpected_response", false],
  ])("calls %j %s", async (answer, code, retryable) => {
    expect(await errorFrom(answer)).toMatchObject({ code, retryable });
  });

  it("quotes the problems' titles", async () => {
    const problems = [{ name: "url", title: "Bad." }, { title: "Worse." }];

    expect(await errorFrom({ status: 400, body: { title: "One", problems } })).toMatchObject({
      message: "api.video did not accept this: url: Bad. Worse.",
    });
  });

  it.each([
    [{ "X-RateLimit-Retry-After": "17" }, 17],
    [{ "Retry-After": "5" }, 5],
    [{ "X-RateLimit-Retry-After": "soon" }, 60],
    [{}, 60],
  ])("reads from %j that it has to wait %i s", async (headers, seconds) => {
    expect(await errorFrom({ status: 429, headers })).toMatchObject({
      details: { retryAfterSeconds: seconds },
      message: expect.stringContaining(`${seconds} s`),
    });
  });

  it("does not follow a redirect with the key", async () => {
    await using elsewhere = await startFakeApi(() => ({ body: { data: [] } }));

    const error = await errorFrom({ status: 307, headers: { Location: `${elsewhere.url}/webhooks` } });

    expect(error).toMatchObject({ code: "api.unexpected_response", message: expect.stringContaining("redirect") });
    expect(elsewhere.calls).toEqual([]);
  });

  it("says so where nobody listens, and where no answer comes in time", async () => {
    const gone = await startFakeApi(() => null);
    await gone[Symbol.asyncDispose]();
    await using silent = await startFakeApi(() => null);

    await expect(clientTo(gone.url).checkKey()).rejects.toMatchObject({
      code: "api.unavailable",
      retryable: true,
      message: expect.stringContaining("ECONNREFUSED"),
    });
    await expect(clientTo(silent.url, { timeoutMs: 50 }).checkKey()).rejects.toMatchObject({
      code: "api.unavailable",
      message: expect.stringContaining("no answer within 0.05 s"),
    });
  });

  it("stops reading an answer that does not end", async () => {
    let sent = 0;
    const server = createServer((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, " ");
      const more = () => {
        while (!response.destroyed && sent < 64 * 1024 * 1024) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
      };
      more();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");

    const { port } = server.address() as AddressInfo;
    const error = await clientTo(`http://127.0.0.1:${port}`)
      .checkKey()
      .catch((caught: unknown) => caught);
    server.closeAllConnections();
    server.close();

    expect(error).toMatchObject({ code: "api.unexpected_response", message: expect.stringContaining("far longer") });
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it("takes the key out of whatever a server repeats, and puts no control characters into a message", async () => {
    const title = `Key ${KEY} (Basic ${BASIC_KEY})\r\n\u001b[31mis bad`;
    const log = silentLog();
    await using api = await startFakeApi(() => ({ status: 400, body: { title } }));

    const error = await clientTo(api.url, { apiKey: KEY, log })
      .checkKey()
      .catch((caught: unknown) => caught);

    expect(error).toMatchObject({ message: expect.stringContaining("Key (your key) (Basic (your key)) [31mis bad") });
    expect(JSON.stringify(log.lines)).not.toContain(KEY);
    expect(log.lines).toHaveLength(1);
  });

  it("makes an AppError of any answer", async () => {
    let answer: FakeAnswer = {};
    await using api = await startFakeApi(() => answer);
    const client = clientTo(api.url, { apiKey: KEY });
    const body = fc.oneof(
      fc.string(),
      fc.jsonValue(),
      fc.record(
        { type: fc.jsonValue(), title: fc.jsonValue(), name: fc.jsonValue(), problems: fc.array(fc.jsonValue()) },
        { requiredKeys: [] },
      ),
    );

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(200, 201, 400, 401, 404, 429, 500), body, async (status, given) => {
        answer = { status, body: given };
        const outcome = await client.getWebhook("w").catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome.name).toBe("AppError");
        else expect(outcome).toMatchObject({ webhookId: expect.any(String) });
      }),
      { numRuns: times(150) },
    );
  });
});
