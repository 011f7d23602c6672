// npm run fuzz [TIMES]: every property of the tests, with TIMES as many cases as in `npm test` (20 unless given).
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectEnv, root } from "./project-node.mjs";

const factor = Number(process.argv[2] ?? 20);
if (!(factor > 0)) {
  console.error("How many times as many cases? Use a number: npm run fuzz 50");
  process.exit(2);
}
const files = readdirSync(join(root, "test"), { recursive: true })
  .map((file) => join("test", file))
  .filter((file) => file.endsWith(".test.ts") && readFileSync(join(root, file), "utf8").includes('from "fast-check"'));
console.log(`${files.length} files with properties, ${factor} times the cases`);
const args = ["run", `--testTimeout=${Math.max(20_000, factor * 20_000)}`, ...files];
const { status } = spawnSync("vitest", args, {
  cwd: root,
  stdio: "inherit",
  env: projectEnv({ FUZZ_TIMES: String(factor) }),
  shell: process.platform === "win32",
});
process.exit(status ?? 1);
