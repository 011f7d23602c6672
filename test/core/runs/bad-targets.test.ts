import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { projectRoot } from "../../helpers/child.ts";
import { capture, resultsOf, run, startRun } from "../../helpers/runs.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { startRawTarget } from "../replay/raw-target.ts";

const pem = readFileSync(join(projectRoot, "test/fixtures/self-signed-localhost.pem"));

/** A run of two deliveries to a target, and what the results say. */
async function outcomesAt(target: string, allowedTargets: string[] = []) {
  await using started = await startEngine({ connect: false });
  await started.client.call("settings.update", { allowedTargets });
  await capture(started, 2);
  const { id, done, tally } = await run(started, { target });
  const results = await resultsOf(started, id);
  const attempts = (await started.client.call("deliveries.get", { id: "d1" })).attempts.length;
  expect(done).toBe(2);
  return { results, tally, attempts };
}

describe("a run to a target that", () => {
  it("is closed says of each that nothing listens there", async () => {
    const closed = await startRawTarget();
    await closed[Symbol.asyncDispose]();

    const { results, tally, attempts } = await outcomesAt(closed.url);

    expect(results[1]).toMatchObject({ outcome: "unreachable", reason: "refused", status: null, verdict: "first" });
    expect(results[1]?.message).toContain("Nothing listens");
    expect(tally).toMatchObject({ unreachable: 2, first: 2 });
    expect(attempts).toBe(1);
  });

  it.each(["http://192.0.2.1/", "http://169.254.169.254/latest", "http://nobody.example/"])(
    "is not allowed sends nothing, and says so of each: %s",
    async (target) => {
      const { results, tally, attempts } = await outcomesAt(target);

      expect(results[0]).toMatchObject({ outcome: "unsent", reason: "not-allowed", verdict: null, attemptId: null });
      expect(results[0]?.message).toMatch(/Allowed hosts|never sent there/);
      expect(tally).toMatchObject({ unsent: 2 });
      expect(attempts).toBe(0);
    },
  );

  it("has no address says so of each", async () => {
    const { results } = await outcomesAt("http://nobody.invalid/", ["nobody.invalid"]);

    expect(results[0]).toMatchObject({ outcome: "unreachable", reason: "dns" });
    expect(results[0]?.message).toContain("nobody.invalid");
  });

  it("is the app's own listener sends nothing", async () => {
    await using started = await startEngine({ connect: false });
    await capture(started, 1);

    const { id } = await run(started, { target: started.engine.listenerUrl });

    expect(await resultsOf(started, id)).toMatchObject([{ outcome: "unsent", reason: "not-allowed" }]);
    expect((await started.client.call("app.snapshot", {})).counts.total).toBe(1);
  });

  it("speaks no TLS says so of each", async () => {
    await using plain = await startRawTarget({ onConnection: (socket) => void socket.end("no TLS here") });

    const { results } = await outcomesAt(plain.url.replace("http:", "https:"));

    expect(results[0]).toMatchObject({ outcome: "unreachable", reason: "tls" });
  });

  it("speaks TLS where none is asked for says so of each", async () => {
    await using target = await startRawTarget({ tls: { key: pem, cert: pem } });

    const { results } = await outcomesAt(target.url.replace("https:", "http:"));

    expect(results[0]).toMatchObject({ outcome: "unreachable" });
    expect(results[0]?.message).toBeTruthy();
  });

  it("redirects is not followed: its answer is the result", async () => {
    await using elsewhere = await startRawTarget();
    const answer = `HTTP/1.1 302 Found\r\nLocation: ${elsewhere.url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
    await using target = await startRawTarget({ onRequest: (socket) => void socket.end(answer) });

    const { results, tally } = await outcomesAt(target.url);

    expect(results[0]).toMatchObject({ outcome: "refused", status: 302 });
    expect(tally).toMatchObject({ refused: 2 });
    expect(elsewhere.requests).toEqual([]);
  });

  it("answers garbage says so of each", async () => {
    await using target = await startRawTarget({ onRequest: (socket) => void socket.end("\0\xff not HTTP\r\n\r\n") });

    const { results } = await outcomesAt(target.url);

    expect(results[1]).toMatchObject({ outcome: "unreachable", reason: "protocol" });
  });

  it("hangs up without a word says so of each", async () => {
    await using target = await startRawTarget({ onRequest: (socket) => void socket.destroy() });

    const { results } = await outcomesAt(target.url);

    expect(results[1]).toMatchObject({ outcome: "unreachable", reason: "reset" });
  });

  it("answers without an end is cut off, and the run goes on", async () => {
    const chunk = Buffer.alloc(1024 * 1024, 65);
    await using target = await startRawTarget({
      onRequest(socket) {
        socket.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        const more = (): void => {
          while (!socket.destroyed && socket.write(chunk));
        };
        socket.on("drain", more);
        more();
      },
    });

    const { results } = await outcomesAt(target.url);

    expect(results).toMatchObject([
      { outcome: "accepted", status: 200 },
      { outcome: "accepted", status: 200 },
    ]);
  });

  it.each([
    ["answers nothing", () => undefined],
    ["never ends its head", (socket: { write(text: string): unknown }) => void socket.write("HTTP/1.1 200 OK\r\n")],
  ])("%s can be stopped at any time", async (_, onRequest) => {
    await using target = await startRawTarget({ onRequest });
    await using started = await startEngine({ connect: false });
    await capture(started, 3);
    const batchId = await startRun(started, { target: target.url, concurrency: 2 });
    await vi.waitFor(() => expect(target.requests).toHaveLength(2));

    const cancelled = await started.client.call("replay.cancel", { batchId });

    expect(cancelled).toMatchObject({ state: "cancelled", done: 0 });
    expect(target.requests).toHaveLength(2);
  });
});
