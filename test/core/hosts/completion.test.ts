import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { CLI, runChild } from "../../helpers/child.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const hasBash = spawnSync("bash", ["--version"]).status === 0;
const hasFish = spawnSync("fish", ["--version"]).status === 0;

let script = "";

beforeAll(async () => {
  script = (await runChild([CLI, "completion", "bash"])).stdout;
});

/** What bash offers for the last of these words. */
function complete(...words: string[]): string[] {
  const line = words.map((word) => `'${word}'`).join(" ");
  const ask = `COMP_WORDS=(apivideo-inspector ${line}); COMP_CWORD=${words.length}; _apivideo_inspector; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", `${script}\n${ask}`], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((word) => word !== "");
}

describe("completion in bash", () => {
  it("offers commands, their own commands and flags, and the values of a flag", ({ skip }) => {
    skip(!hasBash, "there is no bash here");
    expect(complete("ev")).toEqual(["events"]);
    expect(complete("events", "w")).toEqual(["wait"]);
    expect(complete("events", "wait", "--t")).toEqual(["--timeout"]);
    expect(complete("events", "wait", "type:video", "--format", "")).toEqual(["text", "json"]);
    expect(complete("events", "replay", "d1", "--ord")).toEqual(["--order"]);
    expect(complete("serve", "--f")).toEqual(["--forward-to"]);
    expect(complete("nonsense", "--f")).toEqual([]);
  });

  it("offers files where a flag takes any value", ({ skip }) => {
    skip(!hasBash, "there is no bash here");
    using dir = tempDir();
    writeFileSync(join(dir.path, "body.json"), "");
    expect(complete("events", "verify", "--body", join(dir.path, "bo"))).toEqual([join(dir.path, "body.json")]);
  });
});

describe("completion in other shells", () => {
  it("is for zsh that of bash, which zsh can read", async () => {
    const { stdout } = await runChild([CLI, "completion", "zsh"]);
    expect(stdout).toBe(`autoload -U +X bashcompinit && bashcompinit\n${script}`);
  });

  it("is for fish a line for each command and flag that fish can read", async ({ skip }) => {
    const { stdout } = await runChild([CLI, "completion", "fish"]);
    expect(stdout).toContain(
      "complete -c apivideo-inspector -n '__fish_seen_subcommand_from events; and __fish_seen_subcommand_from wait' -l format -r -a 'text json' -d 'how to print'",
    );
    skip(!hasFish, "there is no fish here to read the script");
    expect(spawnSync("fish", ["--no-execute", "-c", stdout], { encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  it("is refused for a shell that is not known", async () => {
    expect(await runChild([CLI, "completion", "tcsh"])).toMatchObject({ code: 2, stdout: "" });
  });
});
