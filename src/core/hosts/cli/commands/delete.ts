import type { Command } from "commander";
import type { Client } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { isDeliveryId } from "#shared/search/values.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { askYes } from "../ask-yes.ts";
import { type Connection, connectToHistory, connectToRunning } from "../connect-engine.ts";
import { findDeliveries } from "../find-deliveries.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";

interface RestoreFlags extends HostFlags {
  readonly format: Format;
}

interface DeleteFlags extends RestoreFlags {
  readonly query?: string;
  readonly yes?: boolean;
}

/** As many as one call may name. */
const MAX_IDS = 10_000;
/** More would be no line that anybody types. */
const MAX_SHOWN = 10;

/** Adds `delete` and `restore` to the commands of `events`. */
export function addDeleteCommands(events: Command): void {
  addFormatFlag(addDataDirFlag(events.command("delete [ids...]")))
    .description("Delete deliveries by their ids, or with --query all that a search finds, pinned ones too")
    .option("--query <search>", "what a search finds; asks first")
    .option("--yes", "do not ask, which without a terminal nobody can be")
    .addHelpText(
      "after",
      [
        "",
        "While an inspector runs on the data folder, `events restore` brings them back until it ends; else they are gone.",
        "Exit code: 0 deleted, 2 wrong flags or not confirmed, 4 one of the ids is not there (the others are deleted).",
        "",
        "Example: apivideo-inspector events delete --query 'is:imported before:today' --yes",
      ].join("\n"),
    )
    .action(deleteSome);
  addFormatFlag(addDataDirFlag(events.command("restore <ids...>")))
    .description("Bring back deliveries that were deleted since the inspector was started")
    .addHelpText(
      "after",
      "\nExit code: 0 all are back, 4 one of them cannot be.\n\nExample: apivideo-inspector events restore d12 d13",
    )
    .action(restore);
}

async function deleteSome(named: readonly string[], flags: DeleteFlags): Promise<void> {
  const { query } = flags;
  if (named.length > 0 === (query !== undefined)) {
    throw wrong("Name the deliveries (d12 d13), or say with --query which ones a search finds.");
  }
  checkIds(named);
  if (query?.trim() === "") throw wrong("An empty search finds everything. Say which, for example before:today.");
  await using connection = await connectToHistory(flags);
  const ids = query === undefined ? [...new Set(named)] : await idsOf(connection.client, query);
  if (ids.length === 0) throw new AppError("delivery.not_found", "No delivery fits, so nothing is deleted.");
  if (query !== undefined && !flags.yes) await confirm(ids.length, connection);
  let deleted = 0;
  for (let at = 0; at < ids.length; at += MAX_IDS) {
    deleted += (await connection.client.call("deliveries.delete", { ids: ids.slice(at, at + MAX_IDS) })).deleted;
  }
  if (flags.format === "json") printJson({ ids, deleted });
  else for (const line of deletedLines(ids, deleted, connection)) printLine(line);
  if (deleted < ids.length) process.exitCode = EXIT_CODES["delivery.not_found"];
}

async function idsOf(client: Client, query: string): Promise<string[]> {
  return (await findDeliveries(client, query)).deliveries.map(({ id }) => id);
}

async function confirm(count: number, { isRunning }: Connection): Promise<void> {
  if (!process.stdin.isTTY) throw wrong(`${deliveries(count)} would be deleted. Say so with --yes.`);
  const forGood = isRunning ? "" : " for good";
  if (!(await askYes(`Delete ${deliveries(count)}${forGood}?`))) throw wrong("Nothing is deleted.");
}

function deletedLines(ids: readonly string[], deleted: number, { isRunning }: Connection): string[] {
  const missing = ids.length - deleted;
  const isShort = ids.length <= MAX_SHOWN;
  return [
    `${deliveries(deleted)} deleted${isRunning ? "" : " for good"}${missing > 0 ? `, ${missing} not there` : ""}`,
    ...(isRunning && isShort && deleted > 0
      ? [`To undo it while the inspector runs: apivideo-inspector events restore ${ids.join(" ")}`]
      : []),
  ];
}

async function restore(named: readonly string[], flags: RestoreFlags): Promise<void> {
  checkIds(named);
  const ids = [...new Set(named)];
  // With the end of an engine, what was deleted in it is gone.
  await using connection = await connectToRunning(flags);
  const { restored } = await connection.client.call("deliveries.restore", { ids });
  const missing = ids.length - restored;
  if (flags.format === "json") printJson({ ids, restored });
  else printLine(`${deliveries(restored)} restored${missing > 0 ? `, ${missing} not: never deleted, or gone` : ""}`);
  if (missing > 0) process.exitCode = EXIT_CODES["delivery.not_found"];
}

function checkIds(ids: readonly string[]): void {
  const other = ids.find((id) => !isDeliveryId(id));
  if (other !== undefined) throw wrong(`${JSON.stringify(other)} is no delivery. Name them by their ids (d12).`);
}

function deliveries(count: number): string {
  return count === 1 ? "1 delivery" : `${count} deliveries`;
}

function wrong(message: string): AppError {
  return new AppError("input.invalid", message);
}
