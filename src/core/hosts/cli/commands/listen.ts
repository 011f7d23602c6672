import type { Command } from "commander";
import { AppError } from "#shared/errors.ts";
import type { FoundEngine } from "../../running-engine.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";
import { addFilterFlags, type FilterFlags, readFilter } from "../listen/filter.ts";
import type { Keyboard } from "../listen/keys.ts";
import { attach, receive, type Session } from "../listen/receive.ts";
import { applyTold, NOTHING_TOLD } from "../listen/tally.ts";
import type { Told } from "../listen/told.ts";
import { createToldLines } from "../listen/told-lines.ts";
import { refuseOtherFlags, unheardFlag } from "../refuse-other-flags.ts";
import { lineText, wantsColours } from "../spans.ts";
import { type AppFlags, addAppFlags, startOrMeet } from "../start-app.ts";
import { untilSignal } from "../until-signal.ts";

interface ListenFlags extends AppFlags, FilterFlags {
  readonly format: Format;
  readonly printSecret?: boolean;
}

const HELP = `
Ctrl-C ends it: the webhook is removed, and what came is counted. On a terminal, r replays the last delivery, o opens
the UI, q quits, and ? shows the keys; in the background, where nobody types, start it with < /dev/null. Where an inspector runs on the
folder already, it is followed, and goes on after Ctrl-C. With --format json, each line is an object with a "kind":
ready, delivery, verification, answer, run, tunnel, registration, secret, target, problem, summary.

Example: apivideo-inspector listen --forward-to 3000 --path /webhooks --tunnel localtunnel --api sandbox`;

export function addListenCommand(program: Command): void {
  const command = addAppFlags(program.command("listen"))
    .summary("Receive, verify and forward without a UI")
    .description("Receive, verify and forward without a UI: one line per delivery and answer");
  addFilterFlags(command).option("--print-secret", "print the secret of the webhook, once this run has made it");
  addFormatFlag(command).addHelpText("after", HELP).action(listen);
}

async function listen(flags: ListenFlags): Promise<void> {
  // From here on a signal ends the app in good order, at whatever point of the start it comes.
  const signal = untilSignal();
  const filter = readFilter(flags);
  const print = createPrinter(flags.format);
  let tally = NOTHING_TOLD;
  const session = {
    ...{ filter, signal, keyboard: keyboardOf(flags) },
    tell(told: Told) {
      tally = applyTold(tally, told);
      print(told);
    },
    note: (line: string) => void (flags.format === "text" && printLine(line)),
  };
  const ended = await startOrMeet(
    flags,
    () => receive(flags, session),
    (found) => follow(found, flags, session),
  );
  print({ kind: "summary", ...tally });
  if (ended === "gone") {
    throw new AppError(
      "host.disconnected",
      "The inspector has ended, so nothing is received any more. Start it again with `listen`.",
    );
  }
}

async function follow(found: FoundEngine, flags: ListenFlags, session: Session): Promise<"left" | "gone"> {
  const snapshot = await found.client.call("app.snapshot", {});
  refuseOtherFlags(flags, snapshot, found.record.url);
  if (flags.printSecret === true) throw unheardFlag("--print-secret", snapshot.dataDir);
  return attach(found, session);
}

function createPrinter(format: Format): (told: Told) => void {
  if (format === "json") return printJson;
  const isColoured = wantsColours(process.stdout, process.env);
  const linesFor = createToldLines();
  return (told) => {
    for (const line of linesFor(told)) process.stdout.write(`${lineText(line, isColoured)}\n`);
  };
}

/** Null where nobody types, or where what is typed is the API key. */
function keyboardOf({ format, apiKeyStdin }: ListenFlags): Keyboard | null {
  return process.stdin.isTTY && format === "text" && apiKeyStdin !== true ? process.stdin : null;
}
