// npm run bench: every file of bench/ whose name ends in .bench.ts, one after the other, under the project's Node.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildIfNeeded } from "./build.mjs";
import { projectEnv, projectNode, root } from "./project-node.mjs";

await buildIfNeeded();
const wanted = process.argv.slice(2);
const files = readdirSync(join(root, "bench")).filter((name) => name.endsWith(".bench.ts"));
let code = 0;
for (const file of files.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))) {
  const child = spawnSync(projectNode(), [join(root, "bench", file)], {
    cwd: root,
    stdio: "inherit",
    env: projectEnv(),
  });
  code ||= child.status ?? 1;
}
process.exit(code);
