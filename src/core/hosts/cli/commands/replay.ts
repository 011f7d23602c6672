import type { Command } from "commander";
import { AppError } from "#shared/errors.ts";
import { isDeliveryId } from "#shared/search/values.ts";
import { OTHER_SIDE_EXIT_CODE } from "../../exit-codes.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { attemptLine } from "../attempt-line.ts";
import { connectToHistory } from "../connect-engine.ts";
import { addEditFlags, type EditFlags, readEdits } from "../edit-flags.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";
import { addFixtureFlags, type FixtureFlags, replayFixtures } from "./replay-fixtures.ts";
import { addRunFlags, type RunFlags, replayRun } from "./replay-run.ts";

/** What can be replayed: one delivery, what a search finds, or fixtures. Each has flags of its own. */
const WAYS = { delivery: addEditFlags, search: addRunFlags, fixtures: addFixtureFlags } as const;
type Way = keyof typeof WAYS;

const FLAGS_OF: Readonly<Record<Way, string>> = {
  delivery: "one delivery",
  search: "a run (--query)",
  fixtures: "fixtures (name a folder or file; one that is named like a delivery as ./d12)",
};

type ReplayFlags = HostFlags & { readonly format: Format } & EditFlags &
  FixtureFlags &
  Omit<RunFlags, "query"> & { readonly query?: string };

/** Adds `replay` to the commands of `events`. */
export function addReplayCommand(events: Command): void {
  const command = addFormatFlag(addDataDirFlag(events.command("replay [what]")))
    .summary("Send a delivery again, all that a search finds, or fixtures")
    .description(
      "Send a delivery again (d12), byte for byte or changed; with --query all that a search finds, as a run; or the fixtures of a folder or file",
    )
    .option("--to <target>", "where to: a target's name, a URL, or a port of localhost (default: as the routes say)");
  const foreign = new Map<string, Way>();
  for (const way of ["delivery", "search", "fixtures"] as const) {
    const known = new Set(command.options);
    command.optionsGroup(`For ${way === "search" ? "a run" : way === "delivery" ? "one delivery" : "fixtures"}:`);
    WAYS[way](command);
    for (const option of command.options) if (!known.has(option)) foreign.set(option.attributeName(), way);
  }
  command.action(async (what: string | undefined, flags: ReplayFlags) => {
    const way = wayOf(what, flags);
    for (const [name, of] of foreign) if (of !== way) refuseFlag(command, name, of);
    if (way === "fixtures") return replayFixtures(what ?? "", flags);
    if (way === "delivery") return replayDelivery(what ?? "", flags);
    await using connection = await connectToHistory(flags);
    await replayRun(connection.client, { ...flags, query: flags.query ?? "" });
  });
}

function wayOf(what: string | undefined, { query }: ReplayFlags): Way {
  if ((what === undefined) === (query === undefined)) {
    throw new AppError("input.invalid", "Name one delivery, a folder of fixtures, or give a search with --query.");
  }
  if (what === undefined) return "search";
  return isDeliveryId(what) ? "delivery" : "fixtures";
}

/** Better said than left unheard. */
function refuseFlag(command: Command, name: string, way: Way): void {
  if (command.getOptionValueSource(name) !== "cli") return;
  const flag = command.options.find((option) => option.attributeName() === name)?.long ?? name;
  throw new AppError("input.invalid", `${flag} is for ${FLAGS_OF[way]}.`);
}

async function replayDelivery(id: string, flags: ReplayFlags): Promise<void> {
  await using connection = await connectToHistory(flags);
  const { client } = connection;
  const edited = await readEdits(client, id, flags);
  const attempt = await client.call("replay.send", { id, ...edited, ...(flags.to && { target: flags.to }) });
  if (flags.format === "json") printJson(attempt);
  else {
    if (attempt.deliveryId !== id) printLine(`kept as ${attempt.deliveryId}, edited from ${id}`);
    printLine(attemptLine(attempt));
  }
  if (attempt.outcome.kind === "unreachable") process.exitCode = OTHER_SIDE_EXIT_CODE;
}
