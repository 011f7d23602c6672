import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { ExportFormat } from "#shared/contract/export-commands.ts";
import type { CommandOutput } from "#shared/contract/types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";
import { REDACTION_FORMS, RedactionRuleText } from "#shared/redaction/redaction-rules.ts";
import { createHarJoiner } from "../../../export/to-har.ts";
import { fileTroubleWords, writeFixtureFile } from "../../../export/write-fixture-file.ts";
import { makeFolder } from "../../../lib/make-folder.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { type Connection, connectToHistory } from "../connect-engine.ts";
import { printLine, printNote } from "../format.ts";
import { openOutput } from "../open-output.ts";
import { queryOf } from "../query-words.ts";

/** For one question to the engine: whatever escapes make of it stays below its limit. */
const CHUNK_DELIVERIES = 200;
const CHUNK_BYTES = 4 * 1024 * 1024;
const PAGE = 500;
/** As the system would give it: a folder of the user's project is none of our secrets. */
const FOLDER_MODE = 0o777;

interface ExportFlags extends HostFlags {
  readonly format: ExportFormat;
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
        "fixtures: a JSON file each, for tests; jsonl: a line each; har: HAR 1.2; curl: a bash script",
      )
        .choices(ExportFormat.options)
        .makeOptionMandatory(),
    )
    .option("--out <path>", "of fixtures the folder, made if it is not there; else a new file (default: stdout)")
    .option("--to <url>", "where curl sends to (default: where deliveries are forwarded to, else port 3000)")
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
      ].join("\n"),
    )
    .action(exportDeliveries);
}

type Created = CommandOutput<"export.create">;

async function exportDeliveries(words: readonly string[], flags: ExportFlags): Promise<void> {
  const query = queryOf(words, flags);
  if (flags.format !== "fixtures") return exportText(query, flags);
  if (flags.out === undefined)
    throw new AppError("input.invalid", "Say which folder the fixtures go into, with --out.");
  const out = resolve(flags.out);
  await using connection = await connectToHistory(flags);
  const counts = { written: 0, unchanged: 0, foreign: 0 };
  const told = await exportChunks(connection, query, flags, async (files) => {
    for (const file of files) {
      const outcome = await write(out, file);
      counts[outcome] += 1;
      if (outcome !== "unchanged") printLine(`${WORDS[outcome]}  ${file.name}`);
    }
  });
  for (const line of told.lines) printLine(line);
  printLine(summaryLine(counts, told.skipped, out));
  if (told.isMore) printLine(moreLine(flags));
  if (counts.foreign > 0) process.exitCode = EXIT_CODES["store.unwritable"];
}

/** One text of all, on stdout or in a new file; what is said of it goes to stderr, for a pipe takes the text. */
async function exportText(query: string, flags: ExportFlags): Promise<void> {
  await using connection = await connectToHistory(flags);
  const output = openOutput(flags.out);
  const har = flags.format === "har" ? createHarJoiner() : null;
  const told = await exportChunks(connection, query, flags, async (files) => {
    for (const { text } of files) await output.write(har?.add(text) ?? text);
  });
  if (har !== null) await output.write(har.end());
  await output.end();
  for (const line of told.lines) printNote(line);
  printNote(`${told.exported} exported${told.skipped > 0 ? `, ${told.skipped} left out` : ""}`);
  if (told.isMore) printNote(moreLine(flags));
}

/** Hands on what the engine makes of the deliveries, some at a time, oldest first, and answers what is to be told of it. */
async function exportChunks(
  connection: Connection,
  query: string,
  flags: ExportFlags,
  take: (files: Created["files"]) => Promise<void>,
) {
  const found = await find(connection, query, flags.limit);
  if (found.deliveries.length === 0)
    throw new AppError("delivery.not_found", "No delivery fits, so nothing is written.");
  const { format, to, redact = [] } = flags;
  const redacted = new Map<string, number>();
  const skipped: Created["skipped"] = [];
  for (const ids of chunks(found.deliveries)) {
    const input = { format, ids, redact: [...redact], ...(to !== undefined && { target: to }) };
    const created = await connection.client.call("export.create", input);
    await take(created.files);
    for (const { rule, count } of created.redacted) redacted.set(rule, (redacted.get(rule) ?? 0) + count);
    skipped.push(...created.skipped);
  }
  const left = skipped.map(({ id, why }) => `left out  ${id}: ${why}`);
  return {
    lines: [...left, ...redactionLines(redacted, redact)],
    ...{ skipped: skipped.length, exported: found.deliveries.length - skipped.length, isMore: found.isMore },
  };
}

function moreLine({ limit }: ExportFlags): string {
  return `There are more than ${limit} that fit: these are the newest. See --limit.`;
}

const WORDS = { written: "written ", foreign: "not ours" } as const;

/** Newest first, as they are listed. */
async function find({ client }: Connection, query: string, limit: number) {
  const deliveries: DeliverySummary[] = [];
  let before: string | null = null;
  do {
    const page: CommandOutput<"deliveries.list"> = await client.call("deliveries.list", {
      query,
      before,
      limit: Math.min(limit - deliveries.length, PAGE),
    });
    deliveries.push(...page.items);
    before = page.before;
  } while (before !== null && deliveries.length < limit);
  return { deliveries: deliveries.reverse(), isMore: before !== null };
}

function chunks(deliveries: readonly DeliverySummary[]): string[][] {
  const all: string[][] = [];
  let bytes = 0;
  for (const { id, bodyBytes } of deliveries) {
    bytes += bodyBytes;
    const last = all.at(-1);
    if (last === undefined || last.length >= CHUNK_DELIVERIES || bytes > CHUNK_BYTES) {
      all.push([id]);
      bytes = bodyBytes;
    } else {
      last.push(id);
    }
  }
  return all;
}

async function write(out: string, file: { name: string; text: string }) {
  try {
    makeFolder(out, FOLDER_MODE);
    return await writeFixtureFile(out, file);
  } catch (cause) {
    throw new AppError("store.unwritable", fileTroubleWords(cause, out), { cause });
  }
}

/** What was taken out; of the rules on this command line, also that one found nothing. */
function redactionLines(redacted: ReadonlyMap<string, number>, asked: readonly string[]): string[] {
  return [...redacted]
    .filter(([rule, count]) => count > 0 || asked.includes(rule))
    .map(([rule, count]) => (count > 0 ? `redacted  ${rule}: ${count}` : `redacted  ${rule}: nothing was found`));
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
