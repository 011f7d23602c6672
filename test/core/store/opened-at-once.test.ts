import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tempDir } from "../../helpers/temp-dir.ts";

const ROUNDS = 60;

it("of two that open a new folder at the same moment, one has it and the other is told so", async () => {
  using dir = tempDir();
  const start = () => fork(join(import.meta.dirname, "../../helpers/open-on-demand.ts"), { execArgv: [] });
  const both = [start(), start()] as const;
  const open = async (child: ChildProcess, path: string): Promise<unknown> => {
    const answer = once(child, "message");
    child.send(path);
    return (await answer)[0];
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const path = join(dir.path, String(round));
      mkdirSync(path);
      const answers = await Promise.all(both.map((child) => open(child, path)));
      expect(answers.toSorted(), `in round ${round}`).toEqual(["opened", "store.locked"]);
    }
  } finally {
    for (const child of both) child.kill();
  }
});
