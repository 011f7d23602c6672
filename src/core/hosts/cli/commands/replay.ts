import type { Command } from "commander";
import { AppError } from "#shared/errors.ts";
import { isDeliveryId } from "#shared/search/values.ts";
import { OTHER_SIDE_EXIT_CODE } from "../../exit-codes.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { attemptLine } from "../attempt-line.ts";
import { connectToHistory } from "../connect-engine.ts";
import { addEditFlags, type EditFlags, readEdits } from "../edit-flags.ts";
import { addFlagGroups, type FlagGroup } from "../flag-groups.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";
import { addFixtureFlags, type FixtureFlags, replayFixtures } from "./replay-fixtures.ts";
import { addRunFlags, type RunFlags, replayRun } from "./replay-run.ts";

/** What can be replayed: one delivery, what a search finds, or fixtures. Each has flags of its own. */
type Way = "delivery" | "search" | "fixtures";

const GROUPS: readonly FlagGroup<Way>[] = [
  { ways: ["delivery"], title: "For one delivery:", purpose: "one delivery", add: addEditFlags },
  { ways: ["search"], title: "For a run:", purpose: "a run (--query)", add: addRunFlags },
  {
    ways: ["fixtures"],
    title: "For fixtures:",
    purpose: "fixtures (name a folder or file; one that is named like a delivery as ./d12)",
    add: addFixtureFlags,
  },
];

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
    .option("--to <target>", "where to: a target's name, a URL or a port (default: as the routes say)");
  const refuseOthers = addFlagGroups(command, GROUPS);
  command.action(async (what: string | undefined, flags: ReplayFlags) => {
    const way = wayOf(what, flags);
    refuseOthers(way);
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
