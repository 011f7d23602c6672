import { Command } from "commander";
import packageJson from "../../../../package.json" with { type: "json" };
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

/** All commands with their flags, of which help, completion and docs/commands.md are made. */
export function createProgram(): Command {
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
  return program;
}
