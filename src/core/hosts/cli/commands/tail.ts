import type { Command } from "commander";
import { addDataDirFlag, type HostFlags, readHostOptions } from "../../host-options.ts";
import { connectToRunning } from "../connect-engine.ts";
import { deliveryLine } from "../delivery-line.ts";
import { followMatches } from "../follow/follow-matches.ts";
import { addFormatFlag, type Format, printJson, printLine, printNote } from "../format.ts";
import { queryOf } from "../query-words.ts";
import { abortOnSignal } from "../until-signal.ts";

interface TailFlags extends HostFlags {
  readonly query?: string;
  readonly format: Format;
}

/** Adds `tail` to the commands of `events`. */
export function addTailCommand(events: Command): void {
  addFormatFlag(addDataDirFlag(events.command("tail [query...]")))
    .description("Follow what arrives, a line per delivery, until Ctrl-C; with a search, what it finds")
    .option("--query <search>", "the search, where it begins with a minus")
    .addHelpText(
      "after",
      [
        "",
        "A delivery that fits only later (status:5xx, once it was forwarded) is shown then. It lasts over a restart of the",
        "inspector that runs on the data folder; see `events list --help` for what a search can be.",
        "",
        "Example: apivideo-inspector events tail sig:failed --format json | jq .verification",
      ].join("\n"),
    )
    .action(tail);
}

async function tail(words: readonly string[], flags: TailFlags): Promise<void> {
  const signal = abortOnSignal();
  await using _running = await connectToRunning(flags);
  const found = followMatches({
    dataDir: readHostOptions(flags, process.env).dataDir,
    query: queryOf(words, flags),
    stored: 0,
    signal,
    onReady: () => printNote("Following what arrives. Press Ctrl+C to stop."),
    say: printNote,
  });
  for await (const delivery of found) {
    if (flags.format === "json") printJson(delivery);
    else printLine(deliveryLine(delivery));
  }
}
