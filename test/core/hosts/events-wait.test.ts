import { describe, expect, it, vi } from "vitest";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { CLI, type Running, runChild, startProgram } from "../../helpers/child.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { startRunningEngine } from "../../helpers/running-engine.ts";
import type { StartedEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const WAIT = [CLI, "events", "wait"];

const send = ({ engine }: StartedEngine, quality: string) =>
  sendDelivery(engine.listenerUrl, { body: encodingEvent({ quality }) });

/** Starts to wait, and comes back when it does. */
async function startWaiting(dataDir: string, ...args: string[]): Promise<Running> {
  const waiting = startProgram([...WAIT, "--data-dir", dataDir, ...args]);
  await vi.waitFor(() => expect(waiting.stderr()).toContain("Waiting for what fits"), { timeout: 10_000 });
  return waiting;
}

describe.concurrent("events wait", () => {
  it("prints the first delivery that the search finds and came after the start, and ends", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    await send(started, "720p");
    await using waiting = await startWaiting(dir.path, "--query", "quality=720p");

    await send(started, "480p");
    await send(started, "720p");
    await send(started, "720p");

    expect(await waiting.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^d3 .*\n$/) });
  });

  it("does not take what was imported for what came", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    await send(started, "720p");
    const { files } = await started.client.call("export.create", { format: "jsonl", query: "" });
    await started.client.call("deliveries.delete", { ids: ["d1"] });
    await using waiting = await startWaiting(dir.path, "quality=720p");

    await started.client.call("import.read", { format: "jsonl", text: files[0]?.text ?? "" });
    await send(started, "720p");

    expect(await waiting.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^d3 .*\n$/) });
  });

  it("waits for as many as are asked for, as JSON lines in the order of their arrival", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    await using waiting = await startWaiting(dir.path, "sig:unsigned", "--count", "3", "--format", "json");

    for (const quality of ["240p", "360p", "480p", "720p"]) await send(started, quality);
    const { code, stdout } = await waiting.ended;

    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).id),
    ).toEqual(["d1", "d2", "d3"]);
  });

  it("finds a delivery that fits only once it was forwarded", async () => {
    await using receiver = await startReceiver();
    receiver.status = 503;
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path, flags: { forwardTo: receiver.url } });
    const release = receiver.hold();
    await using waiting = await startWaiting(dir.path, "status:5xx");

    await send(started, "720p");
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 5_000 });
    expect(waiting.stdout()).toBe("");
    release();

    expect(await waiting.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^d1 .*→ 503\n$/) });
  });

  it("takes one that came before with --any, the newest", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    for (const quality of ["720p", "720p", "480p"]) await send(started, quality);

    const ended = await runChild([...WAIT, "--data-dir", dir.path, "--any", "quality=720p"]);

    expect(ended).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^d2 .*\n$/) });
  });

  it("ends with code 5 when it does not come in time, and says what came instead", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    await send(started, "240p");
    await using waiting = await startWaiting(dir.path, "quality=1080p", "--count", "2", "--timeout", "4");
    await send(started, "1080p");
    for (let n = 0; n < 7; n++) await send(started, `${n}p`);

    const { code, stdout, stderr } = await waiting.ended;

    expect(code).toBe(5);
    expect(stdout).toMatch(/^d2 .*\n$/);
    const [, result, others, ...lines] = stderr.trim().split("\n");
    expect(result).toBe("1 of 2 that fits came within 4 s.");
    expect(others).toBe("7 other deliveries came, the last 5 of them:");
    expect(lines.map((line) => line.split(" ", 1)[0])).toEqual(["d5", "d6", "d7", "d8", "d9"]);
  });

  it("says that nothing came at all where nothing did", async () => {
    using dir = tempDir();
    await using _started = await startRunningEngine({ dataDir: dir.path });

    const ended = await runChild([...WAIT, "--data-dir", dir.path, "--timeout", "1"]);

    expect(ended).toMatchObject({ code: 5, stdout: "" });
    expect(ended.stderr).toMatch(/Nothing that fits came within 1 s\.\nNo other delivery came either\.\n$/);
  });

  it("goes on over a restart of the inspector", async () => {
    using dir = tempDir();
    await using first = await startRunningEngine({ dataDir: dir.path });
    await send(first, "720p");
    await using waiting = await startWaiting(dir.path, "quality=1080p");
    await first[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(waiting.stderr()).toContain("does not run any more"), { timeout: 5_000 });

    await using second = await startRunningEngine({ dataDir: dir.path });
    await send(second, "1080p");

    expect(await waiting.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^d2 .*\n$/) });
    expect(waiting.stderr()).toContain("It runs again.");
  });

  it("says that the inspector is gone where it does not come back in time", async () => {
    using dir = tempDir();
    await using started = await startRunningEngine({ dataDir: dir.path });
    await using waiting = await startWaiting(dir.path, "--timeout", "3");
    await started[Symbol.asyncDispose]();

    expect(await waiting.ended).toMatchObject({ code: 5, stdout: "" });
    expect(waiting.stderr()).toMatch(
      /does not run any more.*\nNothing that fits .*\nThe inspector does not answer\.\n$/,
    );
  });

  it("ends quietly on Ctrl-C, not as if it had come", async () => {
    using dir = tempDir();
    await using _started = await startRunningEngine({ dataDir: dir.path });
    await using waiting = await startWaiting(dir.path);
    const said = waiting.stderr();

    waiting.process.kill("SIGINT");

    expect(await waiting.ended).toEqual({ code: 130, stdout: "", stderr: said });
  });

  it.each([
    [["sig:fialed"], 2, "The search cannot be read"],
    [["--timeout", "0"], 2, "Use a number of seconds up to 86400."],
    [["--count", "501"], 2, "Use a number from 1 to 500."],
  ])("says what is wrong with %j", async (args, code, words) => {
    using dir = tempDir();
    await using _started = await startRunningEngine({ dataDir: dir.path });

    const ended = await runChild([...WAIT, "--data-dir", dir.path, ...args]);

    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(words) });
  });

  it("ends with code 6 where no inspector runs", async () => {
    using dir = tempDir();

    const ended = await runChild([...WAIT, "--data-dir", dir.path]);

    expect(ended).toMatchObject({ code: 6, stdout: "", stderr: expect.stringContaining("No inspector runs on ") });
  });
});
