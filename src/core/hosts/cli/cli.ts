import { Command, CommanderError } from "commander";
import { AppError } from "#shared/errors.ts";
import { queryFaultOf } from "#shared/search/query-fault.ts";
import packageJson from "../../../../package.json" with { type: "json" };
import { EXIT_CODES } from "../exit-codes.ts";
import { addCompletionCommand } from "./commands/completion.ts";
import { addConfigCommand } from "./commands/config.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addEventsCommand } from "./commands/events.ts";
import { addFaultsCommand } from "./commands/faults.ts";
import { addListenCommand } from "./commands/listen.ts";
import { addLoginCommands } from "./commands/login.ts";
import { addMcpCommand } from "./commands/mcp.ts";
import { addServeCommand } from "./commands/serve.ts";
import { addSimulatorCommand } from "./commands/simulator.ts";
import { addStatusCommand } from "./commands/status.ts";
import { addTriggerCommand } from "./commands/trigger.ts";
import { addTypesCommand } from "./commands/types.ts";
import { addWebhooksCommand } from "./commands/webhooks.ts";
import { queryLines } from "./query-lines.ts";
import { endWithReader } from "./reader-gone.ts";

// Ends the process in good order when a launcher that started it is gone.
process.channel?.unref();
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.stdout.on("error", endWithReader);

/** Time for output and connections to end by themselves. */
const END_MS = 500;

process.exitCode = await run(process.argv);
// Only what was left behind is still there when this fires: a thread or a connection that hangs would keep the process
// for ever. The empty write comes back when all output before it is out.
setTimeout(() => process.stdout.write("", () => process.exit()), END_MS).unref();

async function run(argv: readonly string[]): Promise<number> {
  const program = new Command("apivideo-inspector")
    .description(packageJson.description)
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError();
  const commands = [
    addServeCommand,
    addListenCommand,
    addTriggerCommand,
    addEventsCommand,
    addFaultsCommand,
    addWebhooksCommand,
    addSimulatorCommand,
    addStatusCommand,
    addDoctorCommand,
    addLoginCommands,
    addConfigCommand,
    addTypesCommand,
    addMcpCommand,
    addCompletionCommand,
  ];
  for (const add of commands) add(program);
  try {
    await program.parseAsync(argv);
    return typeof process.exitCode === "number" ? process.exitCode : 0;
  } catch (error) {
    return fail(error);
  }
}

function fail(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // Without a command, commander has shown the help already.
    if (error.code !== "commander.help") print(`${oneLine(error.message)}. See --help.`);
    return EXIT_CODES["input.invalid"];
  }
  if (error instanceof AppError) {
    const fault = queryFaultOf(error);
    print(fault === null ? error.message : ["The search cannot be read:", ...queryLines(fault)].join("\n"));
    return EXIT_CODES[error.code];
  }
  print(`Unexpected error: ${error instanceof Error ? error.message : String(error)}`);
  return EXIT_CODES.internal;
}

/** commander puts its suggestion on a line of its own. */
function oneLine(message: string): string {
  return message
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
}

function print(message: string): void {
  process.stderr.write(`apivideo-inspector: ${message}\n`);
}
