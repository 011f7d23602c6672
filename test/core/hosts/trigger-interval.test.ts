import { describe, expect, it, vi } from "vitest";
import { CLI, runChild, startProgram } from "../../helpers/child.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const TRIGGER = [CLI, "trigger", "video.caption.generated"];

describe("trigger --interval", () => {
  it("sends one after the other, so far apart", async () => {
    using dir = tempDir();

    const { code, stdout } = await runChild([
      ...TRIGGER,
      "--count",
      "3",
      "--interval",
      "120",
      "--format",
      "json",
      "--data-dir",
      dir.path,
    ]);

    const times = stdout
      .trim()
      .split("\n")
      .map((line) => Date.parse(JSON.parse(line).receivedAt));
    expect(code).toBe(0);
    expect(times).toHaveLength(3);
    for (const [index, time] of times.entries()) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(119);
  });

  it("ends with Ctrl-C in the midst of a wait, with what was sent kept and said", async () => {
    using dir = tempDir();
    await using trigger = startProgram([...TRIGGER, "--count", "9", "--interval", "60000", "--data-dir", dir.path]);
    await vi.waitFor(() => expect(trigger.stdout()).toContain("video.caption.generated"), { timeout: 10_000 });

    expect(await trigger.end("SIGINT")).toBe(130);

    expect(trigger.stdout().trim().split("\n")).toHaveLength(1);
  });

  it.each(["", "-1", "soon", "9999999"])("refuses %j", async (interval) => {
    using dir = tempDir();
    const { code, stderr } = await runChild([...TRIGGER, "--interval", interval, "--data-dir", dir.path]);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Use a number of milliseconds"),
    });
  });
});
