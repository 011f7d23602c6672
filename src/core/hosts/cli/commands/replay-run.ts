import { type Command, InvalidArgumentError, Option } from "commander";
import type { Client, CommandInput } from "#shared/contract/types.ts";
import type { Fault } from "#shared/domain/fault.ts";
import type { RunPacing, RunResult, RunSummary } from "#shared/domain/run.ts";
import { planWords, runLine } from "#shared/domain/run-words.ts";
import { AppError } from "#shared/errors.ts";
import { OTHER_SIDE_EXIT_CODE } from "../../exit-codes.ts";
import { collectField } from "../collect-field.ts";
import { type Format, printJson, printLine } from "../format.ts";
import { readFault } from "../read-fault.ts";

const POLL_MS = 100;
const PAGE = 500;

export interface RunFlags {
  readonly query: string;
  readonly to?: string;
  readonly order: "received" | "shuffled";
  readonly pacing: RunPacing;
  readonly concurrency: number;
  readonly baseline?: string;
  readonly name?: string;
  readonly compareBody?: boolean;
  readonly ignore: readonly string[];
  readonly fault?: Fault;
  readonly format: Format;
}

/** The options of `events replay --query`, for a run of many deliveries. */
export function addRunFlags(command: Command): Command {
  return command
    .option("--query <search>", "all deliveries that a search finds (see `events list --help`), as a run")
    .addOption(new Option("--order <order>", "which goes first").choices(["received", "shuffled"]).default("received"))
    .option("--pacing <pace>", "asap, original, 2x (gaps twice as long), 500ms", readPacing, "asap")
    .option("--concurrency <n>", "how many at once, 1 to 50", readConcurrency, 1)
    .option("--baseline <run>", "the run to compare with (default: the last attempt at the same target)")
    .option("--compare-body", "bodies of answers count as well")
    .option("--ignore <path>", "not this path of the bodies (items[*].id); may be repeated", collect, [])
    .option("--fault <fault>", "put one in: a kind and its values (duplicate, delay,ms=9000,every=3)", readFaultText)
    .option("--name <name>", "what to call the run")
    .addHelpText("after", RUN_HELP);
}

const RUN_HELP = `
Example: apivideo-inspector events replay --query "video:vi4k after:1h" --to 3000 --order shuffled --concurrency 10

Exit code: of one delivery 0 where it was answered, of a run 0 where all were accepted (2xx) and none regressed; else 5. With
--fault (\`faults set --help\`), what is not as it was signed should be refused (4xx). Ctrl-C cancels a run; results are kept.`;

/** Replays what a search finds and prints what comes of it. */
export async function replayRun(client: Client, flags: RunFlags): Promise<void> {
  const { batchId } = await client.call("replay.batch", toBatch(flags));
  const cancel = () => void client.call("replay.cancel", { batchId }).catch(() => undefined);
  process.once("SIGINT", cancel);
  process.once("SIGTERM", cancel);
  try {
    const run = await follow(client, batchId, flags.format);
    const line = `${run.id} ${run.state}, ${runLine(run)}`;
    if (flags.format === "json") printJson(run);
    else printLine(line);
    const isWell = run.state === "done" && run.tally.expected === run.total && run.tally.regressed === 0;
    if (!isWell) process.exitCode = OTHER_SIDE_EXIT_CODE;
  } finally {
    process.off("SIGINT", cancel);
    process.off("SIGTERM", cancel);
  }
}

/** Prints the results in the run's order as they come, until it is over. */
async function follow(client: Client, id: string, format: Format): Promise<RunSummary> {
  let printed = 0;
  for (let isFirst = true; ; isFirst = false) {
    const run = await client.call("runs.get", { id });
    if (isFirst && format === "text") printLine(`${id}: ${planWords(run.total, run.options)}`);
    const isOver = run.state === "done" || run.state === "cancelled";
    if (run.state === "paused") throw new AppError("internal", `${id} is paused. ${run.trouble ?? ""}`.trim());
    for (let page = await pageFrom(client, id, printed); page.length > 0; page = await pageFrom(client, id, printed)) {
      // One that is on its way holds back those behind it, so that the order is the run's.
      const ready = isOver ? page : page.slice(0, indexOrEnd(page));
      for (const result of ready) print(result, run, format);
      printed += ready.length;
      if (ready.length < page.length || page.length < PAGE) break;
    }
    if (isOver) return run;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function pageFrom(client: Client, id: string, skip: number): Promise<readonly RunResult[]> {
  return (await client.call("runs.results", { id, skip, limit: PAGE })).results;
}

function indexOrEnd(page: readonly RunResult[]): number {
  const index = page.findIndex(({ outcome }) => outcome === "waiting");
  return index === -1 ? page.length : index;
}

function print(result: RunResult, run: RunSummary, format: Format): void {
  if (format === "json") printJson(result);
  else if (result.outcome !== "waiting") printLine(resultLine(result, run));
}

/** `d12  [200]  12 ms  fixed (was 500)  video.uploaded`; with the target where the routes chose it. */
function resultLine(result: RunResult, { options }: RunSummary): string {
  const { deliveryId, delivery, outcome, status, ms, message, verdict, comparedWith, target } = result;
  const answer = outcome === "unsent" ? "[not sent]" : `[${status ?? "no answer"}]`;
  const was = comparedWith && verdict !== "same" ? ` (was ${comparedWith.status ?? comparedWith.reason})` : "";
  const parts = [
    deliveryId.padEnd(7),
    answer,
    ms === null ? "" : `${ms} ms`,
    verdict === null ? "" : `${verdict}${was}`,
    delivery?.type ?? "",
    options.target === null ? `to ${target}` : "",
    message ?? "",
  ];
  return parts.filter((part) => part !== "").join("  ");
}

function toBatch(flags: RunFlags): CommandInput<"replay.batch"> {
  const { query, to, order, pacing, concurrency, baseline, name, compareBody, ignore, fault } = flags;
  return {
    ...{ query, order, pacing, concurrency },
    ...(to !== undefined && { target: to }),
    ...(baseline !== undefined && { baseline }),
    ...(name !== undefined && { name }),
    ...(fault !== undefined && { fault }),
    ...((compareBody || ignore.length > 0) && { compareBody: { ignore: [...ignore] } }),
  };
}

function readPacing(text: string): RunPacing {
  if (text === "asap" || text === "original") return text;
  const [, number, unit] = /^(\d+(?:\.\d+)?)(x|ms|s)$/.exec(text) ?? [];
  const value = Number(number);
  if (unit === "x" && value >= 0.001 && value <= 1000) return { factor: value };
  if (unit === "ms") return { intervalMs: value };
  if (unit === "s") return { intervalMs: value * 1_000 };
  throw new InvalidArgumentError("Use asap, original, a factor (2x, 0.5x) or an interval (500ms, 2s).");
}

/** `delay,ms=9000,every=3`. Throws AppError or commander's error. */
function readFaultText(text: string): Fault {
  const [kind = "", ...parameters] = text.split(",");
  return readFault(
    kind,
    parameters.reduce<Record<string, unknown>>((all, one) => collectField(one, all), {}),
  );
}

function readConcurrency(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 50) throw new InvalidArgumentError("Use 1 to 50.");
  return number;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
