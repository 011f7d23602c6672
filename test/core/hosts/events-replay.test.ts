import { describe, expect, it } from "vitest";
import { CLI, runChild } from "../../helpers/child.ts";

const REPLAY = [CLI, "events", "replay"];

describe("events replay", () => {
  it.each([
    [["d1", "--expect", "2xx"], "--expect is for fixtures"],
    [["d1", "--pacing", "2x"], "--pacing is for a run (--query)."],
    [["--query", "video", "--sign", "webhook"], "--sign is for one delivery."],
    [["--query", "video", "--fault", "explode"], 'There is no fault "explode"'],
    [["--query", "video", "--fault", "delay,seconds=3"], 'delay has no "seconds". It has ms, every.'],
    [["./fixtures", "--concurrency", "4"], "--concurrency is for a run"],
    [["d1", "--query", "video"], "Name one delivery, a folder of fixtures, or give a search"],
    [[], "Name one delivery, a folder of fixtures, or give a search"],
  ])("refuses what it would leave unheard: %s", async (args, words) => {
    const { code, stdout, stderr } = await runChild([...REPLAY, ...args]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
  });
});
