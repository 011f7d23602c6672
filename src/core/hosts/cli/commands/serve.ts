import type { Command } from "commander";
import type { LaunchOption } from "#shared/domain/launch-option.ts";
import { createEngine, type Engine } from "../../../engine.ts";
import { type ControlEndpoint, startControlEndpoint } from "../../control-endpoint.ts";
import { addHostFlags, type HostFlags, readHostOptions } from "../../host-options.ts";
import { createLineLog } from "../../line-log.ts";
import { nodeDeps } from "../../node-deps.ts";
import { readApiKey } from "../api-key.ts";
import { endEngine } from "../end-engine.ts";
import { hasDisplay, openInBrowser } from "../open-browser.ts";
import { tellOfPath } from "../tell-of-path.ts";
import { untilSignal } from "../until-signal.ts";

interface ServeFlags extends HostFlags {
  readonly apiKeyStdin?: boolean;
  readonly json?: boolean;
  readonly open: boolean;
}

export function addServeCommand(program: Command): void {
  addHostFlags(program.command("serve"))
    .description("Run the whole app without Electron, with its UI in the browser")
    .option("--api-key-stdin", "read the api.video key from standard input")
    .option("--json", "print one line of JSON when ready")
    .option("--no-open", "do not open the browser")
    .addHelpText("after", "\nExample: apivideo-inspector serve --forward-to 3000 --tunnel localtunnel --api sandbox")
    .action(serve);
}

async function serve(flags: ServeFlags): Promise<void> {
  // From here on a signal ends the app in good order, at whatever point of the start it comes.
  const signal = untilSignal();
  const log = createLineLog((line) => void process.stderr.write(line));
  const options = await readApiKey(readHostOptions(flags, process.env), flags.apiKeyStdin === true);
  await using stack = new AsyncDisposableStack();
  const launch = [...(options.launch ?? []), browserOption(flags)];
  const engine = await createEngine(nodeDeps({ dataDir: options.dataDir, log }), { ...options, launch });
  stack.defer(() => endEngine(engine, log));
  const control = stack.use(await startControlEndpoint(engine, { port: options.uiPort, log }));

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
