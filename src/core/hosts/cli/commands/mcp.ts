import type { Command } from "commander";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";

export function addMcpCommand(program: Command): void {
  addDataDirFlag(program.command("mcp"))
    .summary("Let coding agents look at deliveries and replay them (Model Context Protocol on stdio)")
    .description(
      "Speak the Model Context Protocol on standard input and output, for coding agents: they find and read deliveries, have signatures explained, wait for events, and replay to the targets that you have configured. They cannot change settings, read secrets or delete anything.",
    )
    .addHelpText(
      "after",
      "\nAgents start it themselves; docs/agents.md says how to set each up.\n\nExample: claude mcp add apivideo-inspector -- node scripts/cli.mjs mcp",
    )
    .action(mcp);
}

async function mcp(flags: HostFlags): Promise<void> {
  // The protocol's library takes longer to load than most commands to run.
  const { serveMcp } = await import("../mcp/serve.ts");
  await serveMcp(flags);
}
