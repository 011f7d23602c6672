import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { RunResult } from "#shared/domain/run.ts";
import { CLI, runChild } from "../../helpers/child.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { capture } from "../../helpers/runs.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { startGate } from "../runs/gate.ts";

const REPLAY = [CLI, "events", "replay"];

async function withCaptured(count: number) {
  const dir = tempDir();
  {
    await using started = await startEngine({ dataDir: dir.path, connect: false });
    await capture(started, count);
  }
  return {
    path: dir.path,
    replay: (...args: string[]) => runChild([...REPLAY, "--data-dir", dir.path, ...args]),
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}

describe("events replay --query", () => {
  it("prints a line per result and one for the run, and fails where something was not accepted", async () => {
    await using receiver = await startReceiver();
    using folder = await withCaptured(3);
    const { replay } = folder;

    const well = await replay("--query", "-n=2", "--to", receiver.url);
    receiver.status = 500;
    const regressed = await replay("--query", "", "--to", receiver.url, "--baseline", "b1", "--format", "json");

    expect(well).toMatchObject({ code: 0, stderr: "" });
    expect(well.stdout.split("\n")).toEqual([
      `b1: 2 deliveries to ${receiver.url}, in order, as fast as possible, one at a time`,
      expect.stringMatching(/^d1 +\[200\] {2}[\d.]+ ms {2}first {2}video\.encoding\.quality\.completed$/),
      expect.stringMatching(/^d3 +\[200\]/),
      "b1 done, 2 of 2: 2 accepted; 2 with nothing to compare",
      "",
    ]);
    expect(regressed.code).toBe(5);
    const lines = regressed.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.slice(0, 3).map((line) => RunResult.parse(line).verdict)).toEqual(["regressed", "first", "regressed"]);
    expect(lines.at(-1)).toMatchObject({ id: "b2", state: "done", tally: { refused: 3, regressed: 2 } });
  });

  it("cancels the run at Ctrl-C, keeps what it has, and says so", async () => {
    await using gate = await startGate();
    using folder = await withCaptured(3);
    const { path } = folder;
    const args = ["--data-dir", path, "--query", "", "--to", gate.url, "--pacing", "1ms"];
    const child = spawn(process.execPath, [...REPLAY, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    await vi.waitFor(() => expect(gate.waiting()).toBe(1), { timeout: 10_000 });
    gate.answerOne();
    await vi.waitFor(() => expect(gate.ids()).toHaveLength(2));

    child.kill("SIGINT");
    const [code] = await once(child, "close");

    expect(code).toBe(5);
    expect(stdout).toContain("b1 cancelled, 1 of 3: 1 accepted");
    await using again = await startEngine({ dataDir: path, connect: false });
    expect(await again.client.call("runs.get", { id: "b1" })).toMatchObject({ state: "cancelled", done: 1 });
  });

  it("wants one delivery or a search, a pace and a number that can be", async () => {
    using folder = await withCaptured(1);
    const { replay } = folder;
    for (const args of [
      [],
      ["d1", "--query", ""],
      ["--query", "", "--pacing", "fast"],
      ["--query", "", "--concurrency", "51"],
    ]) {
      const ended = await replay(...args);
      expect(ended).toMatchObject({ code: 2, stdout: "" });
    }
    expect(await replay("--query", "-type", "--to", "1", "--baseline", "b4")).toMatchObject({ code: 4 });
  });
});
