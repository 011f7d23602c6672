import { expect, it } from "vitest";
import { CLI, runChild } from "../../helpers/child.ts";
import { startRunningEngine } from "../../helpers/running-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

it.each([
  {
    what: "what is not there",
    args: ["events", "get", "d9", "--format", "json"],
    code: 4,
    error: "delivery.not_found",
  },
  {
    what: "a search that cannot be read",
    args: ["events", "list", "is:", "--format=json"],
    code: 2,
    error: "input.invalid",
  },
  {
    what: "a flag that is none",
    args: ["events", "list", "--format", "json", "--nope"],
    code: 2,
    error: "input.invalid",
  },
])(
  "with --format json, $what is told as one line of JSON on stderr, with the same exit code",
  async ({ args, code, error }) => {
    using dir = tempDir();
    await using _engine = await startRunningEngine({ dataDir: dir.path });
    const words = await runChild([CLI, ...args.filter((word) => !/json|--format$/.test(word)), "--data-dir", dir.path]);
    const json = await runChild([CLI, ...args, "--data-dir", dir.path]);

    expect([words.code, json.code, json.stdout]).toEqual([code, code, ""]);
    const lines = json.stderr.trim().split("\n");
    expect(lines).toHaveLength(1);
    const told = JSON.parse(lines[0] ?? "").error;
    expect(told).toMatchObject({ code: error, message: expect.stringMatching(/\w/), retryable: false });
    expect(words.stderr).toMatch(/^apivideo-inspector: /);
  },
);
