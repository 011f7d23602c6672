// npm test: every check and every test; the last line says how many passed and failed.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildIfNeeded } from "./build.mjs";
import { provideChromium } from "./chromium.mjs";
import { provideLanguages } from "./languages.mjs";
import { projectEnv, root } from "./project-node.mjs";

const REPORTS = join(root, "test-results");
const UNIT_REPORT = join(REPORTS, "unit.json");
const E2E_REPORT = join(REPORTS, "e2e.json");
let passed = 0;
let failed = 0;

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

// Mostly downloads, one after the other: they run beside the steps that need none of them.
const languages = provideLanguages(say);
const browser = languages.then(() => provideChromium(say));
// Whoever needs it says what became of it.
browser.catch(() => undefined);
await Promise.all([
  step("format and lint", () => run("biome", ["ci", "--colors=off", "--max-diagnostics=30", "."])),
  step("types", () => run("tsc", ["--noEmit"])),
  step("nothing unused", () => run("knip", ["--no-progress", "--no-config-hints"])),
  step("build", async () => {
    await buildIfNeeded({ log: say });
    return 0;
  }),
]);
await languages;
await suite("unit and integration tests", UNIT_REPORT, countVitest, () =>
  run("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${UNIT_REPORT}`]),
);
await suiteWithBrowser();

say(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function suiteWithBrowser() {
  try {
    const env = await browser;
    await suite("end-to-end tests", E2E_REPORT, countPlaywright, () => run("playwright", ["test"], env));
  } catch (error) {
    say(`end-to-end tests: ${error.message}`);
    failed += 1;
  }
}

/** A step counts as one test. */
async function step(name, work) {
  let ok = false;
  const started = Date.now();
  try {
    ok = (await work()) === 0;
  } catch (error) {
    say(error.message);
  }
  say(`${ok ? "ok" : "FAILED"}: ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (ok) passed += 1;
  else failed += 1;
}

/** A suite counts its tests by its report; one that breaks without any failed test counts as one failure. */
async function suite(name, report, count, work) {
  const started = Date.now();
  const code = await work();
  let counts = { passed: 0, failed: 0 };
  try {
    counts = count(JSON.parse(readFileSync(report, "utf8")));
  } catch (error) {
    say(`${name}: no report (${error.message})`);
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed === 0 && counts.failed === 0) counts.failed = 1;
  passed += counts.passed;
  failed += counts.failed;
  say(
    `${counts.failed === 0 ? "ok" : "FAILED"}: ${name}, ${counts.passed} passed, ${counts.failed} failed (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
}

function countVitest(report) {
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

function countPlaywright(report) {
  return { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky };
}

function run(tool, args, env = {}) {
  const child = spawn(tool, args, {
    cwd: root,
    stdio: "inherit",
    env: projectEnv(env),
    shell: process.platform === "win32",
  });
  return new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
