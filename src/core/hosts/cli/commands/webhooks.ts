import type { Command } from "commander";
import type { Webhook } from "#shared/domain/webhook.ts";
import { AppError } from "#shared/errors.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { type Connection, connectEngine } from "../connect-engine.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";
import { addReconcileCommand } from "./reconcile.ts";

interface WebhooksFlags extends HostFlags {
  readonly format: Format;
}

export function addWebhooksCommand(program: Command): void {
  const webhooks = program.command("webhooks").description("Look after the webhooks of the api.video account");
  addCommon(webhooks.command("list"))
    .description("List all webhooks of the account, and say which ones this app made")
    .addHelpText("after", "\nExample: apivideo-inspector webhooks list --api sandbox")
    .action(list);
  addCommon(webhooks.command("prune [ids...]"))
    .description("Remove webhooks of this app that are left over; with ids, exactly those; never anybody else's")
    .option("--others-too", "also those of other installations of this app, whether somebody uses them or not")
    .addHelpText("after", "\nExample: apivideo-inspector webhooks prune")
    .action(prune);
  addReconcileCommand(webhooks);
}

function addCommon(command: Command): Command {
  return addFormatFlag(addDataDirFlag(command)).option(
    "--api <environment>",
    "simulator, sandbox, production, or a base URL (default: what the app uses); the key comes from APIVIDEO_API_KEY",
  );
}

async function list(flags: WebhooksFlags): Promise<void> {
  await using connection = await connect(flags);
  const { webhooks, limit } = await connection.client.call("webhooks.list", {});
  if (flags.format === "json") {
    for (const webhook of webhooks) printJson(webhook);
    return;
  }
  for (const webhook of webhooks) printLine(webhookLine(webhook));
  printLine(`${webhooks.length} of ${limit} taken.`);
}

async function prune(ids: readonly string[], flags: WebhooksFlags & { othersToo?: boolean }): Promise<void> {
  await using connection = await connect(flags);
  const result = await connection.client.call("webhooks.prune", {
    ...(ids.length > 0 && { webhookIds: [...ids] }),
    othersToo: flags.othersToo === true,
  });
  if (flags.format === "json") {
    printJson(result);
    return;
  }
  for (const webhookId of result.removed) printLine(`Removed ${webhookId}`);
  if (result.removed.length === 0) printLine("Nothing is left over.");
  printLine(`${result.kept.length} kept.`);
}

/** Throws AppError `input.invalid` where a running engine uses another api.video than the one asked for. */
async function connect(flags: WebhooksFlags): Promise<Connection> {
  const connection = await connectEngine(flags);
  const { values } = await connection.client.call("settings.get", {});
  if (flags.api === undefined || flags.api === values.api) return connection;
  await connection[Symbol.asyncDispose]();
  throw new AppError(
    "input.invalid",
    `--api: the app that is running uses ${values.api}. Leave --api out, change it in Settings, or name another --data-dir.`,
  );
}

/** One webhook on one line: id, since when, whose it is, where it leads, what it asks for. */
function webhookLine({ webhookId, createdAt, url, events, ...marks }: Webhook): string {
  return [webhookId, createdAt ?? "", whose(marks).padEnd(18), url, events.join(",")]
    .filter((part) => part !== "")
    .join("  ");
}

function whose({ isCurrent, isOurs, isOfThisApp }: Pick<Webhook, "isCurrent" | "isOurs" | "isOfThisApp">): string {
  if (isCurrent) return "in use now";
  if (isOurs) return "left over";
  return isOfThisApp ? "other installation" : "not of this app";
}
