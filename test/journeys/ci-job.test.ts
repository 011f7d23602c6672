import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { CLI, projectRoot } from "../helpers/child.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { freePort } from "../helpers/walk-through.ts";

const INSPECTOR = `${process.execPath} ${CLI}`;
const SERVER = `node ${join(projectRoot, "docs/walk-through/handler-3-unknown-rendition.js")}`;

/** Runs the documented job in a new folder of this home, and answers how it ended, in words. */
async function runJob(home: string, programs: { readonly INSPECTOR: string; readonly SERVER: string }) {
  const work = join(home, "work");
  mkdirSync(work);
  const path = `${dirname(process.execPath)}:${process.env["PATH"]}`;
  const job = spawn("bash", [join(projectRoot, "docs/testing/ci.sh")], {
    cwd: work,
    env: { PATH: path, HOME: home, PORT: String(await freePort()), ...programs },
  });
  let output = "";
  for (const stream of [job.stdout, job.stderr]) stream.on("data", (chunk) => (output += chunk));
  const [code] = await once(job, "close");
  return { work, ended: `exit code ${code}: ${output}` };
}

it("a job in CI plays an upload at a server, replays what came, and reports it, in an empty home", async () => {
  using home = tempDir();

  const { work, ended } = await runJob(home.path, { INSPECTOR, SERVER });

  expect(ended).toMatch(/^exit code 0: /);
  const fixtures = readdirSync(join(work, "fixtures"));
  expect(fixtures.length).toBeGreaterThan(3);
  const report = readFileSync(join(work, "webhooks.xml"), "utf8");
  expect(report).toContain(`tests="${fixtures.length}" failures="0"`);
  // Of the inspector nothing is left.
  const { dataDir } = JSON.parse(readFileSync(join(work, "inspector.jsonl"), "utf8").split("\n", 1)[0] ?? "");
  expect(() => readdirSync(dataDir)).toThrow("ENOENT");
}, 60_000);

it.each([
  { what: "inspector", programs: { INSPECTOR: "false", SERVER }, where: "inspector.jsonl" },
  { what: "server", programs: { INSPECTOR, SERVER: "false" }, where: "server.log" },
])("the job fails, and says where to look, when the $what does not come up", async ({ programs, where }) => {
  using home = tempDir();
  const { ended } = await runJob(home.path, programs);
  expect(ended).toMatch(/^exit code 1: /);
  expect(ended).toContain(`It ended before it was ready: see ${where}`);
});
