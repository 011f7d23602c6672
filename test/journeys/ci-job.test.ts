import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { CLI, projectRoot } from "../helpers/child.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { freePort } from "../helpers/walk-through.ts";

it("a job in CI plays an upload at a server, replays what came, and reports it, in an empty home", async () => {
  using dir = tempDir();
  const work = join(dir.path, "work");
  mkdirSync(work);
  const job = spawn("bash", [join(projectRoot, "docs/testing/ci.sh")], {
    cwd: work,
    env: {
      ...{
        PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`,
        HOME: dir.path,
        PORT: String(await freePort()),
      },
      INSPECTOR: `${process.execPath} ${CLI}`,
      SERVER: `node ${join(projectRoot, "docs/walk-through/handler-3-unknown-rendition.js")}`,
    },
  });
  let output = "";
  for (const stream of [job.stdout, job.stderr]) stream.on("data", (chunk) => (output += chunk));
  const [code] = await once(job, "close");

  expect(`exit code ${code}: ${output}`).toMatch(/^exit code 0: /);
  const fixtures = readdirSync(join(work, "fixtures"));
  expect(fixtures.length).toBeGreaterThan(3);
  const report = readFileSync(join(work, "webhooks.xml"), "utf8");
  expect(report).toContain(`tests="${fixtures.length}" failures="0"`);
  // Of the inspector nothing is left.
  const { dataDir } = JSON.parse(readFileSync(join(work, "inspector.jsonl"), "utf8").split("\n", 1)[0] ?? "");
  expect(() => readdirSync(dataDir)).toThrow("ENOENT");
}, 60_000);
