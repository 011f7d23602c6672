import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { writeEngineRecord } from "#core/hosts/engine-record.ts";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { CLI, type Running, runChild, startProgram } from "../../helpers/child.ts";
import { startRunningEngine } from "../../helpers/running-engine.ts";
import { type StartedEngine, startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const TAIL = [CLI, "events", "tail"];

const send = ({ engine }: StartedEngine, quality = "720p") =>
  sendDelivery(engine.listenerUrl, { body: encodingEvent({ quality }) });
const idsIn = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(" ", 1)[0]);

/** Starts to follow, and comes back when it does. */
async function startTail(dataDir: string, ...args: string[]): Promise<Running> {
  const tail = startProgram([...TAIL, "--data-dir", dataDir, ...args]);
  await vi.waitFor(() => expect(tail.stderr()).toContain("Following what arrives"), { timeout: 10_000 });
  return tail;
}

describe("events tail", () => {
  it("prints a line per delivery as it arrives, and ends quietly on Ctrl-C", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    await send(started);
    await using tail = await startTail(dir.path);

    await send(started);
    await vi.waitFor(() => expect(idsIn(tail.stdout())).toEqual(["d2"]), { timeout: 5_000 });
    await send(started);
    await vi.waitFor(() => expect(idsIn(tail.stdout())).toEqual(["d2", "d3"]), { timeout: 5_000 });
    const list = await runChild([...TAIL.slice(0, 2), "list", "--data-dir", dir.path, "--limit", "2"]);
    tail.process.kill("SIGINT");
    const ended = await tail.ended;

    expect(ended).toEqual({ code: 0, stdout: expect.any(String), stderr: expect.stringMatching(/^Following .*\n$/) });
    expect(ended.stdout.trim().split("\n").reverse()).toEqual(list.stdout.trim().split("\n"));
  });

  it("prints as JSON lines only what the search finds, each once, however much comes at once", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    await using tail = await startTail(dir.path, "quality=720p", "--format", "json");

    await Promise.all(Array.from({ length: 700 }, (_, n) => send(started, n % 2 === 0 ? "720p" : "480p")));
    await vi.waitFor(() => expect(idsIn(tail.stdout()).length).toBe(350), { timeout: 10_000 });
    await started.client.call("deliveries.note", {
      id: JSON.parse(tail.stdout().split("\n", 1)[0] ?? "").id,
      note: "x",
    });
    await send(started, "720p");
    await vi.waitFor(() => expect(idsIn(tail.stdout()).length).toBe(351), { timeout: 5_000 });

    const numbers = tail
      .stdout()
      .trim()
      .split("\n")
      .map((line) => Number(JSON.parse(line).id.slice(1)));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers.at(-1)).toBe(701);
  });

  it("ends quietly with code 0 when its reader goes away", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    await using tail = await startTail(dir.path);
    await send(started);
    await vi.waitFor(() => expect(idsIn(tail.stdout())).toEqual(["d1"]), { timeout: 5_000 });

    tail.process.stdout?.destroy();
    await send(started);

    expect(await tail.ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Following .*\n$/) });
  });

  it("says that the inspector ended, and shows what came since when it runs again", async () => {
    using dir = tempDir();
    await using first = await startRunningEngine({ dataDir: dir.path });
    await using tail = await startTail(dir.path);
    await send(first);
    await vi.waitFor(() => expect(idsIn(tail.stdout())).toEqual(["d1"]), { timeout: 5_000 });
    await first[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(tail.stderr()).toContain("does not run any more"), { timeout: 5_000 });

    {
      // Nobody can hear this one.
      await using unheard = await startEngine({ dataDir: dir.path, connect: false });
      await send(unheard);
    }
    await using second = await startRunningEngine({ dataDir: dir.path });
    await vi.waitFor(() => expect(idsIn(tail.stdout())).toEqual(["d1", "d2"]), { timeout: 5_000 });
    await send(second);

    await vi.waitFor(() => expect(idsIn(tail.stdout())).toEqual(["d1", "d2", "d3"]), { timeout: 5_000 });
    expect(tail.stderr()).toContain("It runs again.");
  });

  it("goes on after everything was erased", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    await send(started);
    await using tail = await startTail(dir.path);

    await started.client.call("app.erase", { confirm: "erase everything" });
    await send(started);

    await vi.waitFor(() => expect(idsIn(tail.stdout())).toEqual(["d2"]), { timeout: 5_000 });
  });

  it("says that the inspector is of another version where it tells what nobody knows", async () => {
    using dir = tempDir();
    const reply = { items: [], before: null, total: 0, newer: 0, seq: 0 };
    const server = createServer((request, response) => {
      if (request.url === "/api/events") response.write('data: {"seq":1,"name":"delivery.sung","payload":{}}\n\n');
      else response.end(JSON.stringify({ ok: true, result: reply }));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    // A server that listens on TCP has an AddressInfo.
    const { port } = server.address() as AddressInfo;
    await writeEngineRecord(dir.path, { pid: process.pid, url: `http://127.0.0.1:${port}`, token: "t" });

    const ended = await runChild([...TAIL, "--data-dir", dir.path]);
    server.closeAllConnections();
    server.close();

    expect(ended).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/different versions: restart both/),
    });
  });

  it("ends with code 6 where no inspector runs, and with 2 for a search that cannot be read", async () => {
    using dir = tempDir();

    const alone = await runChild([...TAIL, "--data-dir", dir.path]);
    await using _started = await startRunningEngine({ dataDir: dir.path });
    const wrong = await runChild([...TAIL, "--data-dir", dir.path, "sig:fialed"]);

    expect(alone).toMatchObject({ code: 6, stdout: "", stderr: expect.stringContaining("No inspector runs on ") });
    expect(wrong).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("The search cannot be read") });
  });
});
