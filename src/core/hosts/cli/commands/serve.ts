import type { Command } from "commander";
import type { LaunchOption } from "#shared/domain/launch-option.ts";
import type { Engine } from "../../../engine.ts";
import type { ControlEndpoint } from "../../control-endpoint.ts";
import { hasDisplay, openInBrowser } from "../open-browser.ts";
import { type AppFlags, addAppFlags, startApp } from "../start-app.ts";
import { tellOfPath } from "../tell-of-path.ts";
import { untilSignal } from "../until-signal.ts";

interface ServeFlags extends AppFlags {
  readonly json?: boolean;
  readonly open: boolean;
}

export function addServeCommand(program: Command): void {
  addAppFlags(program.command("serve"))
    .description("Run the whole app without Electron, with its UI in the browser")
    .option("--json", "print one line of JSON when ready")
    .option("--no-open", "do not open the browser")
    .addHelpText("after", "\nExample: apivideo-inspector serve --forward-to 3000 --tunnel localtunnel --api sandbox")
    .action(serve);
}

async function serve(flags: ServeFlags): Promise<void> {
  // From here on a signal ends the app in good order, at whatever point of the start it comes.
  const signal = untilSignal();
  await using app = await startApp(flags, { launch: [browserOption(flags)] });
  const { engine, control, log } = app;

  if (flags.json) process.stdout.write(`${JSON.stringify(readyLine(engine, control))}\n`);
  else {
    printReady(engine, control);
    tellOfPath(engine);
  }
  if (flags.open && !flags.json && hasDisplay(process.platform, process.env)) await openInBrowser(control.uiUrl, log);
  await signal;
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
