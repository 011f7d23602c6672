import type { Command } from "commander";
import type { LaunchOption } from "#shared/domain/launch-option.ts";
import type { Engine } from "../../../engine.ts";
import type { Log } from "../../../lib/log.ts";
import { type ControlEndpoint, uiUrlOf } from "../../control-endpoint.ts";
import type { EngineRecord } from "../../engine-record.ts";
import { createLineLog } from "../../line-log.ts";
import type { FoundEngine } from "../../running-engine.ts";
import { printJson } from "../format.ts";
import { hasDisplay, openInBrowser } from "../open-browser.ts";
import { refuseOtherFlags } from "../refuse-other-flags.ts";
import { type AppFlags, addAppFlags, startApp, startOrMeet } from "../start-app.ts";
import { tellOfPath } from "../tell-of-path.ts";
import { untilSignal } from "../until-signal.ts";

interface ServeFlags extends AppFlags {
  readonly json?: boolean;
  readonly open: boolean;
}

const HELP = `
Where an inspector runs on the folder already, it says where, opens it, and ends with 0; with --json it refuses (3).

Example: apivideo-inspector serve --forward-to 3000 --tunnel localtunnel --api sandbox`;

export function addServeCommand(program: Command): void {
  addAppFlags(program.command("serve"))
    .description("Run the whole app without Electron, with its UI in the browser")
    .option("--json", "print one line of JSON when ready")
    .option("--no-open", "do not open the browser")
    .addHelpText("after", HELP)
    .action(serve);
}

async function serve(flags: ServeFlags): Promise<void> {
  // From here on a signal ends the app in good order, at whatever point of the start it comes.
  const signal = untilSignal();
  // With --json it is started by a program, which holds on to the engine as its own.
  if (flags.json === true) return run(flags, signal);
  await startOrMeet(
    flags,
    () => run(flags, signal),
    (found) => tellWhereItRuns(found, flags),
  );
}

async function run(flags: ServeFlags, signal: Promise<unknown>): Promise<void> {
  await using app = await startApp(flags, { launch: [browserOption(flags)] });
  const { engine, control, log } = app;

  if (flags.json) printJson(readyLine(engine, control));
  else {
    printReady(engine, control);
    tellOfPath(engine);
  }
  if (!flags.json) openUi(flags, control, log);
  await signal;
}

/** Of the engine that runs on this folder already: there is one, and this is the way to it. */
async function tellWhereItRuns({ record, client }: FoundEngine, flags: ServeFlags): Promise<void> {
  const snapshot = await client.call("app.snapshot", {});
  refuseOtherFlags(flags, snapshot, record.url);
  const lines = [
    `The inspector runs already   as process ${record.pid}, on ${snapshot.dataDir}`,
    `Listening for deliveries on  ${snapshot.listener.url}`,
    `Open the inspector at        ${uiUrlOf(record)}`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  openUi(
    flags,
    record,
    createLineLog((line) => void process.stderr.write(line)),
  );
}

function openUi({ open }: ServeFlags, engine: Pick<EngineRecord, "url" | "token">, log: Log): void {
  if (open && hasDisplay(process.platform, process.env)) openInBrowser(engine, log);
}

/** Only `serve` has a browser to open. */
function browserOption({ open, json }: ServeFlags): LaunchOption {
  const [flag, isOpened] = open && json !== true ? ["--no-open", true] : [open ? "--json" : "--no-open", false];
  return {
    id: "openBrowser",
    value: isOpened ? "yes" : "no",
    source: isOpened ? "default" : "flag",
    flag,
    variable: null,
  };
}

function readyLine(engine: Engine, control: ControlEndpoint) {
  return {
    ready: true,
    pid: process.pid,
    dataDir: engine.dataDir,
    listenerUrl: engine.listenerUrl,
    uiUrl: control.uiUrl,
    token: control.token,
    publicUrl: engine.publicUrl(),
    simulatorUrl: engine.simulatorUrl(),
  };
}

function printReady(engine: Engine, control: ControlEndpoint): void {
  const lines = [
    `Listening for deliveries on  ${engine.listenerUrl}`,
    `Open the inspector at        ${control.uiUrl}`,
    `Deliveries are kept in       ${engine.dataDir}`,
    "Press Ctrl+C to stop.",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}
