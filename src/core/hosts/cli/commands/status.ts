import type { Command } from "commander";
import { toChain } from "#shared/domain/chain.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { connectToRunning } from "../connect-engine.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";

export function addStatusCommand(program: Command): void {
  addFormatFlag(addDataDirFlag(program.command("status")))
    .description("Say what the inspector that runs is at: each link of the way, and what it has kept")
    .addHelpText(
      "after",
      "\nExit code: 6 where none runs. What is wrong, and what to do about it: `doctor`.\n\nExample: apivideo-inspector status --format json",
    )
    .action(status);
}

async function status({ format, ...flags }: HostFlags & { readonly format: Format }): Promise<void> {
  await using connection = await connectToRunning(flags);
  const snapshot = await connection.client.call("app.snapshot", {});
  const { counts, dataDir, problems } = snapshot;
  const links = toChain(snapshot);
  if (format === "json") {
    printJson({ dataDir, links, counts, problems });
    return;
  }
  for (const { title, state, value } of links) printLine(`${title.padEnd(10)}  ${state.padEnd(7)}  ${value}`);
  const what = counts.total === 1 ? "delivery" : "deliveries";
  printLine(`${counts.total} ${what}, ${counts.verified} verified, ${counts.failed} failed, in ${dataDir}`);
  for (const { title, message } of problems) printLine(`${title}. ${message}`);
}
