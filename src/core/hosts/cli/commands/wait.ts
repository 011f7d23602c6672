import { type Command, InvalidArgumentError } from "commander";
import { INTERRUPTED_EXIT_CODE, OTHER_SIDE_EXIT_CODE } from "../../exit-codes.ts";
import { addDataDirFlag, type HostFlags, readHostOptions } from "../../host-options.ts";
import { connectToRunning } from "../connect-engine.ts";
import { deliveryLine } from "../delivery-line.ts";
import { followMatches } from "../follow/follow-matches.ts";
import { type Others, othersSince } from "../follow/others-since.ts";
import { addFormatFlag, type Format, printJson, printLine, printNote } from "../format.ts";
import { queryOf } from "../query-words.ts";
import { abortOnSignal } from "../until-signal.ts";

interface WaitFlags extends HostFlags {
  readonly query?: string;
  readonly timeout: number;
  readonly count: number;
  readonly any?: boolean;
  readonly format: Format;
}

/** The largest page of a list. */
const MAX_COUNT = 500;

/** Adds `wait` to the commands of `events`. */
export function addWaitCommand(events: Command): void {
  addFormatFlag(addDataDirFlag(events.command("wait [query...]")))
    .description("Wait for a delivery that a search finds, and print it")
    .option("--query <search>", "the search, where it begins with a minus; without one, any delivery")
    .option("--timeout <seconds>", "how long", readSeconds, 30)
    .option("--count <n>", "for how many", readCount, 1)
    .option("--any", "one that came before counts too (how long before: after:10m in the search)")
    .addHelpText(
      "after",
      [
        "",
        "It asks the inspector that runs on the data folder. A delivery that fits only later (status:200, once it was",
        "forwarded) counts from then on; what is imported never does. See `events list --help` for what a search can be.",
        "Exit code: 0 it came, 5 it did not come in time (stderr says what came instead), 6 no inspector runs, 130 Ctrl-C.",
        "",
        "Example: apivideo-inspector events wait --query 'type:video.encoding.quality.completed quality=720p' --timeout 120",
      ].join("\n"),
    )
    .action(waitFor);
}

async function waitFor(words: readonly string[], flags: WaitFlags): Promise<void> {
  const interrupted = abortOnSignal();
  const late = AbortSignal.timeout(flags.timeout * 1_000);
  await using running = await connectToRunning(flags);
  let newestBefore: number | undefined;
  const found = new Set<string>();
  const deliveries = followMatches({
    dataDir: readHostOptions(flags, process.env).dataDir,
    query: queryOf(words, flags),
    stored: flags.any ? flags.count : 0,
    signal: AbortSignal.any([interrupted, late]),
    onReady(newest) {
      newestBefore = newest;
      printNote(`Waiting for what fits, ${flags.timeout} s at most…`);
    },
    say: printNote,
  });
  for await (const delivery of deliveries) {
    if (flags.format === "json") printJson(delivery);
    else printLine(deliveryLine(delivery));
    if (found.add(delivery.id).size === flags.count) return;
  }
  process.exitCode = interrupted.aborted ? INTERRUPTED_EXIT_CODE : OTHER_SIDE_EXIT_CODE;
  if (interrupted.aborted) return;
  printNote(
    `${flags.count === 1 ? "Nothing" : `${found.size} of ${flags.count}`} that fits came within ${flags.timeout} s.`,
  );
  const others = newestBefore === undefined ? null : await othersSince(running.client, newestBefore, found);
  for (const line of otherLines(others)) printNote(line);
}

/** What arrived instead, in words: how many, and the last of them. */
function otherLines(others: Others | null): string[] {
  if (others === null) return ["The inspector does not answer."];
  const { count, last } = others;
  if (count === 0) return ["No other delivery came either."];
  const which = count > last.length ? `, the last ${last.length} of them` : "";
  return [`${count} other ${count === 1 ? "delivery" : "deliveries"} came${which}:`, ...last.map(deliveryLine)];
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new InvalidArgumentError("Use a number of seconds up to 86400.");
  return seconds;
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
    throw new InvalidArgumentError(`Use a number from 1 to ${MAX_COUNT}.`);
  }
  return count;
}
