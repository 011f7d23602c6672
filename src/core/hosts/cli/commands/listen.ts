import type { Command } from "commander";
import type { Client } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { fireAndForget } from "../../../lib/log.ts";
import { waitAtMost } from "../../../lib/wait-at-most.ts";
import { createInProcessClient } from "../../in-process-client.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";
import { addFilterFlags, type FilterFlags, isFound, readFilter } from "../listen/filter.ts";
import { followKeys, type Key, type Keyboard } from "../listen/keys.ts";
import { createSecretTeller } from "../listen/secret-teller.ts";
import { applyTold, NOTHING_TOLD } from "../listen/tally.ts";
import { tellOfEngine } from "../listen/tell-of-engine.ts";
import type { Told } from "../listen/told.ts";
import { createToldLines } from "../listen/told-lines.ts";
import { lineText, wantsColours } from "../spans.ts";
import { type App, type AppFlags, addAppFlags, startApp } from "../start-app.ts";
import { untilSignal } from "../until-signal.ts";

interface ListenFlags extends AppFlags, FilterFlags {
  readonly format: Format;
  readonly printSecret?: boolean;
}

/** What is still being looked up when all else has ended. */
const SETTLE_MS = 500;

const HELP = `
Example: apivideo-inspector listen --forward-to 3000 --tunnel localtunnel --api sandbox

Ctrl-C ends it: the webhook is removed, and what came is counted. On a terminal, r replays the last delivery, q quits,
and ? shows the keys; in the background, where nobody types, start it with < /dev/null. With --format json, each line is
an object with a "kind": ready, delivery, verification, answer, run, tunnel, registration, secret, target, problem,
summary.`;

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
  function tell(told: Told): void {
    tally = applyTold(tally, told);
    print(told);
  }
  await receive(flags, filter, tell, signal);
  tell({ kind: "summary", ...tally });
}

/** Runs the app until the signal or a key ends it; what comes until its end is told of as well. */
async function receive(
  flags: ListenFlags,
  filter: string | null,
  tell: (told: Told) => void,
  signal: Promise<unknown>,
): Promise<void> {
  // What is in it ends after the app.
  await using after = new AsyncDisposableStack();
  const secrets = createSecretTeller(tell);
  await using app = await startApp(flags, flags.printSecret === true ? { onWebhookSecret: secrets.keep } : {});
  const client = createInProcessClient(app.engine);
  const keyboard = keyboardOf(flags);
  tell(await toReady(app, client, filter));
  if (flags.format === "text") printLine(keyboard === null ? "Press Ctrl+C to stop." : "Press ? for the keys.");
  const telling = after.use(
    tellOfEngine({
      events: app.engine.events,
      log: app.log,
      isWanted: filter === null ? null : (id) => isFound(client, filter, id),
      tell(told) {
        tell(told);
        if (flags.printSecret === true) secrets.follow(told);
      },
    }),
  );
  after.defer(() => waitAtMost(SETTLE_MS, telling.settled()).then(() => undefined));
  const quit = Promise.withResolvers<void>();
  const replay = () => fireAndForget(replayLast(client, telling.lastId), app.log, "listen.not_replayed");
  using _keys = keyboard && followKeys(keyboard, keysFor(replay, quit.resolve), quit.resolve);
  await Promise.race([signal, quit.promise]);
}

async function toReady({ engine }: App, client: Client, query: string | null): Promise<Told> {
  const { forwarding } = await client.call("app.snapshot", {});
  return {
    kind: "ready",
    pid: process.pid,
    dataDir: engine.dataDir,
    listenerUrl: engine.listenerUrl,
    publicUrl: engine.publicUrl(),
    simulatorUrl: engine.simulatorUrl(),
    forwarding,
    query,
  };
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

function keysFor(replay: () => void, quit: () => void): readonly Key[] {
  const keys: Key[] = [
    { name: "r", meaning: "replay the last delivery", press: replay },
    { name: "q", meaning: "quit", press: quit },
    { name: "?", meaning: "show the keys", press: show },
  ];
  function show(): void {
    for (const { name, meaning } of keys) printLine(`${name}  ${meaning}`);
  }
  return keys;
}

/** Its answer is told of like every other one. */
async function replayLast(client: Client, lastId: string | null): Promise<void> {
  if (lastId === null) {
    printLine("Nothing has arrived yet.");
    return;
  }
  try {
    await client.call("replay.send", { id: lastId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const isTargetless = error.code === "replay.no_target";
    const why = isTargetless ? "There is no target. Start with --forward-to." : error.message;
    printLine(`${lastId} was not replayed: ${why}`);
  }
}
