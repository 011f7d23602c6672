import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type ExportFile, ExportFormat, SnippetLanguage } from "#shared/contract/export-commands.ts";
import { AppError } from "#shared/errors.ts";
import { REDACTION_FORMS, RedactionRuleText } from "#shared/redaction/redaction-rules.ts";
import { createHarJoiner } from "../../../export/to-har.ts";
import { fileTroubleWords, type Written, writeFixtureFile, writeNewFile } from "../../../export/write-fixture-file.ts";
import { makeFolder } from "../../../lib/make-folder.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { connectToHistory } from "../connect-engine.ts";
import { exportChunks, findExported } from "../export-chunks.ts";
import { printLine, printNote } from "../format.ts";
import { openOutput } from "../open-output.ts";
import { queryOf } from "../query-words.ts";

/** As the system would give it: a folder of the user's project is none of our secrets. */
const FOLDER_MODE = 0o777;
/** Several of them in one text would be none. */
const ONE_EACH: readonly ExportFormat[] = ["raw", "snippet"];

interface ExportFlags extends HostFlags {
  readonly format: ExportFormat;
  readonly language: SnippetLanguage;
  readonly out?: string;
  readonly to?: string;
  readonly query?: string;
  readonly limit: number;
  readonly redact?: readonly string[];
}

/** Adds `export` to the commands of `events`. */
export function addExportCommand(events: Command): void {
  addDataDirFlag(events.command("export [query...]"))
    .description("Write deliveries as files, with what is private taken out; with a search, those that it finds")
    .addOption(
      new Option(
        "--format <format>",
        "fixtures: a JSON file each, for tests; jsonl: a line each; har: HAR 1.2; curl: a bash script; raw: an HTTP message each; snippet: code in --language",
      )
        .choices(ExportFormat.options)
        .makeOptionMandatory(),
    )
    .addOption(new Option("--language <language>", "of snippet").choices(SnippetLanguage.options).default("node"))
    .option(
      "--out <path>",
      "of fixtures, raw and snippet the folder, made if it is not there; else a new file (default: stdout)",
    )
    .option("--to <url>", "where curl and snippet send to (default: where deliveries are forwarded to, else port 3000)")
    .option("--query <search>", "the search, where it begins with a minus")
    .option("--limit <n>", "at most how many, the newest", readLimit, 1_000)
    .option("--redact <rule>", `take this out as well (repeatable): ${REDACTION_FORMS}`, collectRule)
    .addHelpText(
      "after",
      [
        "",
        "The rules of Settings always count. Only fixtures are ever overwritten (exit code 3).",
        "",
        "Example: apivideo-inspector events export --format fixtures --out test/webhooks type:video after:1h --redact body:videoId",
        "Example: apivideo-inspector events export --format curl id:d12 --to 3000 | bash",
        "Example: apivideo-inspector events export --format raw id:d12 | nc localhost 3000",
        "Example: apivideo-inspector events export --format snippet --language python id:d12 > resend.py",
      ].join("\n"),
    )
    .action(exportDeliveries);
}

async function exportDeliveries(words: readonly string[], flags: ExportFlags): Promise<void> {
  const query = queryOf(words, flags);
  const isFileEach = flags.format === "fixtures" || (ONE_EACH.includes(flags.format) && flags.out !== undefined);
  if (!isFileEach) return exportText(query, flags);
  if (flags.out === undefined)
    throw new AppError("input.invalid", "Say which folder the fixtures go into, with --out.");
  const out = resolve(flags.out);
  await using connection = await connectToHistory(flags);
  const found = await findExported(connection, query, flags.limit);
  const counts = { written: 0, unchanged: 0, foreign: 0 };
  const told = await exportChunks(connection, found, flags, async (files) => {
    for (const file of files) {
      const outcome = await write(out, file, flags.format);
      counts[outcome] += 1;
      if (outcome !== "unchanged") printLine(`${WORDS[outcome]}  ${file.name}`);
    }
  });
  for (const line of told.lines) printLine(line);
  printLine(summaryLine(counts, told.skipped, out));
  if (told.isMore) printLine(moreLine(flags));
  if (counts.foreign > 0) process.exitCode = EXIT_CODES["store.unwritable"];
  else endOf(told);
}

/** One text of all, on stdout or in a new file; what is said of it goes to stderr, for a pipe takes the text. */
async function exportText(query: string, flags: ExportFlags): Promise<void> {
  await using connection = await connectToHistory(flags);
  const found = await findExported(connection, query, flags.limit);
  if (ONE_EACH.includes(flags.format) && found.deliveries.length > 1)
    throw tooMany(flags.format, found.deliveries.length);
  const output = openOutput(flags.out);
  const har = flags.format === "har" ? createHarJoiner() : null;
  const told = await exportChunks(connection, found, flags, async (files) => {
    for (const file of files) await output.write(har?.add(file.text) ?? toBytes(file));
  });
  if (har !== null) await output.write(har.end());
  await output.end();
  for (const line of told.lines) printNote(line);
  printNote(`${told.exported} exported${told.skipped > 0 ? `, ${told.skipped} left out` : ""}`);
  if (told.isMore) printNote(moreLine(flags));
  endOf(told);
}

/** A script that goes on with nothing is to know: where all that was found had to be left out, the format is the wrong one. */
function endOf({ exported, skipped }: { readonly exported: number; readonly skipped: number }): void {
  if (exported === 0 && skipped > 0) process.exitCode = EXIT_CODES["input.invalid"];
}

function toBytes({ text, encoding }: ExportFile): Buffer {
  return Buffer.from(text, encoding ?? "utf8");
}

function tooMany(format: ExportFormat, count: number): AppError {
  return new AppError(
    "input.invalid",
    `${count} deliveries fit, and ${format} is a file each. Name a folder with --out, or one delivery (id:d12).`,
  );
}

function moreLine({ limit }: ExportFlags): string {
  return `There are more than ${limit} that fit: these are the newest. See --limit.`;
}

const WORDS = { written: "written ", foreign: "not ours" } as const;

async function write(out: string, file: ExportFile, format: ExportFormat): Promise<Written> {
  try {
    makeFolder(out, FOLDER_MODE);
    // What can be told from other files by its text may be replaced.
    return await (format === "fixtures" ? writeFixtureFile(out, file) : writeNewFile(out, file.name, toBytes(file)));
  } catch (cause) {
    throw new AppError("store.unwritable", fileTroubleWords(cause, out), { cause });
  }
}

function summaryLine(
  counts: { written: number; unchanged: number; foreign: number },
  left: number,
  out: string,
): string {
  const parts = [
    `${counts.written} written`,
    counts.unchanged > 0 && `${counts.unchanged} unchanged`,
    counts.foreign > 0 && `${counts.foreign} not written over other files`,
    left > 0 && `${left} left out`,
  ];
  return `${parts.filter(Boolean).join(", ")}: ${out}`;
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError("Use a number from 1 on.");
  return limit;
}

function collectRule(text: string, all: readonly string[] = []): readonly string[] {
  const parsed = RedactionRuleText.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? "");
  return [...all, parsed.data];
}
