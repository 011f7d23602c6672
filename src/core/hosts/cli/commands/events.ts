import { type Command, InvalidArgumentError } from "commander";
import type { CommandOutput } from "#shared/contract/types.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { attemptLine } from "../attempt-line.ts";
import { connectToHistory } from "../connect-engine.ts";
import { deliveryLine } from "../delivery-line.ts";
import { addFormatFlag, type Format, printBytes, printJson, printLine } from "../format.ts";
import { queryOf } from "../query-words.ts";
import { searchLines } from "../search-help.ts";
import { addDeleteCommands } from "./delete.ts";
import { addExportCommand } from "./export.ts";
import { addImportCommand } from "./import.ts";
import { addReplayCommand } from "./replay.ts";
import { addTailCommand } from "./tail.ts";
import { addVerifyCommand } from "./verify.ts";
import { addWaitCommand } from "./wait.ts";

interface EventsFlags extends HostFlags {
  readonly format: Format;
}

export function addEventsCommand(program: Command): void {
  const events = program.command("events").description("Work on the captured deliveries");
  addCommon(events.command("list [query...]"))
    .description("List deliveries, newest first; with a search, those that it finds")
    .option("--query <search>", "the search, where it begins with a minus")
    .option("--limit <n>", "how many", readLimit, 20)
    .addHelpText(
      "after",
      ["", ...searchLines(), "", "Example: apivideo-inspector events list sig:failed after:1h --limit 5"].join("\n"),
    )
    .action(list);
  addCommon(events.command("get <id>"))
    .description("Show one delivery with headers, diagnosis and attempts")
    .option("--body", "print the exact body bytes, and nothing else; on a terminal, what would steer it as its code")
    .addHelpText("after", "\nExample: apivideo-inspector events get d12 --body > payload.json")
    .action(get);
  addExportCommand(events);
  addImportCommand(events);
  addDeleteCommands(events);
  addReplayCommand(events);
  addVerifyCommand(events);
  addWaitCommand(events);
  addTailCommand(events);
}

function addCommon(command: Command): Command {
  return addFormatFlag(addDataDirFlag(command));
}

/** Words that the shell has parted are one search again. */
async function list(words: readonly string[], flags: EventsFlags & { limit: number; query?: string }): Promise<void> {
  const query = queryOf(words, flags);
  await using connection = await connectToHistory(flags);
  let before: string | null = null;
  for (let left = flags.limit; left > 0; ) {
    const page: CommandOutput<"deliveries.list"> = await connection.client.call("deliveries.list", {
      query,
      before,
      limit: Math.min(left, 500),
    });
    for (const item of page.items) {
      if (flags.format === "json") printJson(item);
      else printLine(deliveryLine(item));
    }
    left -= page.items.length;
    before = page.before;
    if (before === null) return;
  }
}

async function get(id: string, flags: EventsFlags & { body?: boolean }): Promise<void> {
  await using connection = await connectToHistory(flags);
  if (flags.body) {
    const { base64 } = await connection.client.call("deliveries.body", { id });
    printBytes(Buffer.from(base64, "base64"));
    return;
  }
  const delivery = await connection.client.call("deliveries.get", { id });
  if (flags.format === "json") {
    printJson(delivery);
    return;
  }
  printLine(deliveryLine({ ...delivery, attempts: delivery.attempts.length }));
  printLine(`${delivery.diagnosis.title} ${delivery.diagnosis.explanation}`);
  printLine(`${delivery.method} ${delivery.path}`);
  for (const [name, value] of delivery.headers) printLine(`${name}: ${value}`);
  for (const attempt of delivery.attempts) printLine(attemptLine(attempt));
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError("Use a number from 1 on.");
  return limit;
}
