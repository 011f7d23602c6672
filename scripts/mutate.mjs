// npm run mutate [AREA...]: changes the code of an area in every place and sees whether a test of that area fails; all
// areas, one after the other, unless some are named.
import { spawnSync } from "node:child_process";
import { projectEnv, root } from "./project-node.mjs";

/** What is changed, and the tests that the changes have to get past: those of the area itself, through its public doors. */
const AREAS = {
  verification: { mutate: ["src/core/verification/**/*.ts"], tests: ["test/core/verification/**/*.test.ts"] },
  search: { mutate: ["src/shared/search/*.ts"], tests: ["test/shared/search/*.test.ts"] },
  retention: {
    mutate: ["src/core/store/removal.ts"],
    // In the thread of the tests: a change is not to be seen in another one.
    tests: ["test/core/store/housekeeping.test.ts"],
  },
  supervisor: {
    mutate: ["supervise", "supervision", "reopen", "prove", "swap", "transitions", "backoff"].map(
      (name) => `src/core/tunnel/${name}.ts`,
    ),
    // Without the random sequences, which take seconds for each change.
    tests: ["supervise-*", "transitions", "backoff"].map((name) => `test/core/tunnel/${name}.test.ts`),
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(AREAS, name));
if (unknown.length > 0) {
  console.error(`There is no area ${unknown.join(", ")}. Areas are ${Object.keys(AREAS).join(", ")}.`);
  process.exit(2);
}
let code = 0;
for (const [name, { mutate, tests }] of Object.entries(AREAS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`Area ${name}`);
  const { status } = spawnSync("stryker", ["run", "--mutate", mutate.join()], {
    cwd: root,
    stdio: "inherit",
    env: projectEnv({ MUTATED_TESTS: tests.join() }),
    shell: process.platform === "win32",
  });
  code ||= status ?? 1;
}
process.exit(code);
