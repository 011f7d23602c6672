import { stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { AppError } from "#shared/errors.ts";
import { Expectation } from "#shared/fixtures/expectation.ts";
import { FIXTURE_SECRET } from "#shared/fixtures/fixture-secret.ts";
import { toJunit } from "../fixtures/junit.ts";
import { exitCodeOf, resultLines, summaryLines } from "../fixtures/report.ts";
import { runFixtures } from "../fixtures/run-fixtures.ts";
import { type Format, printJson, printLine } from "../format.ts";

export interface FixtureFlags {
  readonly to?: string;
  readonly expect?: Expectation;
  readonly junit?: string;
  readonly timeout?: number;
  readonly allowHost?: readonly string[];
  readonly format: Format;
}

/** Adds to `events replay` what is for fixtures. */
export function addFixtureFlags(replay: Command): Command {
  return replay
    .option("--expect <statuses>", "which answers are right: 200, 2xx, 2xx,404 (default: 2xx)", readExpectation)
    .option("--junit <file>", "also write the results as JUnit XML")
    .option("--timeout <seconds>", "how long each has for its answer (default: 30)", readSeconds)
    .option("--allow-host <host>", "a host besides this machine they may go to (repeatable)", collect)
    .addHelpText(
      "after",
      [
        "",
        "Fixtures (events export --format fixtures) need no app. They are sent in the order of their arrival, signed with",
        `${FIXTURE_SECRET} or APIVIDEO_WEBHOOK_SECRET. A fixture's own "expect" goes before --expect.`,
        "Exit code: 0 all as expected, 5 an answer was another one or none came, 2 a fixture is broken (the others were sent),",
        "4 there is none.",
        "",
        "Example: apivideo-inspector events replay test/webhooks --to 3000 --expect 2xx --junit webhooks.xml",
      ].join("\n"),
    );
}

/** Sends the fixtures at `path` and tells what came of each; sets the exit code. Throws AppError before anything is sent. */
export async function replayFixtures(path: string, flags: FixtureFlags): Promise<void> {
  if (flags.to === undefined) {
    throw new AppError("replay.no_target", "Name where the fixtures go: --to 3000, or --to with a URL.");
  }
  if (flags.junit !== undefined) await checkFolderOf(flags.junit);
  const secret = process.env["APIVIDEO_WEBHOOK_SECRET"] || undefined;
  const options = {
    ...{ path, to: flags.to, expect: flags.expect ?? "2xx", secret, allowedHosts: flags.allowHost },
    timeoutMs: flags.timeout && flags.timeout * 1000,
  };
  const { results, ms } = await runFixtures(options, (result) => {
    if (flags.format === "json") printJson(result);
    else for (const line of resultLines(result)) printLine(line);
  });
  if (flags.format === "text") for (const line of summaryLines(results, ms, secret !== undefined)) printLine(line);
  process.exitCode = exitCodeOf(results);
  if (flags.junit !== undefined) await writeJunit(flags.junit, toJunit(path, results, ms));
}

/** Better known before a hundred fixtures were sent than after. */
async function checkFolderOf(file: string): Promise<void> {
  try {
    if ((await stat(dirname(file))).isDirectory()) return;
  } catch (cause) {
    throw new AppError("input.invalid", `--junit: the folder of ${file} is not there. Make it first.`, { cause });
  }
  throw new AppError("input.invalid", `--junit: ${dirname(file)} is no folder.`);
}

async function writeJunit(file: string, xml: string): Promise<void> {
  try {
    await writeFile(file, xml);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("input.invalid", `--junit: ${file} cannot be written: ${reason}`, { cause });
  }
}

function readExpectation(text: string): Expectation {
  const parsed = Expectation.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? "");
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3_600)) throw new InvalidArgumentError("Use a number of seconds up to 3600.");
  return seconds;
}

function collect(text: string, all: readonly string[] = []): readonly string[] {
  return [...all, text];
}
