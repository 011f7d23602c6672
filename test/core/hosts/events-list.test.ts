import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { queryLines } from "../../../src/core/hosts/cli/query-lines.ts";
import { CLI, runChild } from "../../helpers/child.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const LIST = [CLI, "events", "list"];

describe("events list", () => {
  it("takes the search as words or as an option, and points at what it cannot read", async () => {
    using dir = tempDir();
    {
      await using started = await startEngine({ dataDir: dir.path });
      await fetch(`${started.engine.listenerUrl}/a`, { method: "POST", body: '{"quality":"720p"}' });
      await fetch(`${started.engine.listenerUrl}/b`, { method: "POST", body: '{"quality":"480p"}' });
    }
    const list = (...args: string[]) => runChild([...LIST, "--data-dir", dir.path, ...args]);

    // One after the other: each holds the folder as long as it runs.
    const found = await list("quality=720p", "sig:unsigned");
    const opposite = await list("--query", "-quality=720p");
    const wrong = await list("720p", "sig:fialed");

    expect(found).toMatchObject({ code: 0, stdout: expect.stringMatching(/^d1 .*\n$/) });
    expect(opposite).toMatchObject({ code: 0, stdout: expect.stringMatching(/^d2 .*\n$/) });
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toBe(
      "apivideo-inspector: The search cannot be read:\n" +
        "  720p sig:fialed\n" +
        "           ^^^^^^\n" +
        "  sig: does not take “fialed”. It takes verified, failed, unsigned or unchecked.\n",
    );
  });

  it("leaves a folder that holds no history as it is, and says so", async () => {
    using dir = tempDir();

    const ended = await runChild([...LIST, "--data-dir", join(dir.path, "mistyped")]);

    expect(ended).toMatchObject({ code: 4, stderr: expect.stringMatching(/no deliveries in .*mistyped.*--data-dir/) });
    expect(readdirSync(dir.path)).toEqual([]);
  });
});

it("shows what a terminal would obey as spaces, so that the arrow stays at its place", () => {
  expect(queryLines({ query: "a\u001b[2J sig:x", errors: [{ start: 10, end: 11, message: "no" }] })).toEqual([
    "  a [2J sig:x",
    "            ^",
    "  no",
  ]);
});
