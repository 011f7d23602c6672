import { type Command, InvalidArgumentError } from "commander";
import { randomId } from "#shared/random-id.ts";
import { createClock } from "../../../lib/clock.ts";
import { startSimulator } from "../../../simulator/simulator.ts";
import { createLineLog } from "../../line-log.ts";
import { untilSignal } from "../until-signal.ts";

interface SimulatorFlags {
  readonly port: number;
  readonly json?: boolean;
}

export function addSimulatorCommand(program: Command): void {
  program
    .command("simulator")
    .description("Run the stand-in for api.video alone; its API key is `simulator`")
    .option("--port <n>", "where it listens (0 = any free port)", readPort, 4848)
    .option("--json", "print one line of JSON when ready")
    .addHelpText(
      "after",
      "\nExample: apivideo-inspector simulator --port 4848\n         apivideo-inspector serve --api http://127.0.0.1:4848",
    )
    .action(simulate);
}

async function simulate({ port, json }: SimulatorFlags): Promise<void> {
  const signal = untilSignal();
  const log = createLineLog((line) => void process.stderr.write(line));
  await using simulator = await startSimulator({ port, apiKey: "simulator", clock: createClock(), log, randomId });
  const line = json
    ? JSON.stringify({ ready: true, pid: process.pid, simulatorUrl: simulator.url })
    : `The simulator of api.video is at ${simulator.url}. Its API key is: simulator. Press Ctrl+C to stop.`;
  process.stdout.write(`${line}\n`);
  await signal;
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= 0 && port <= 65_535)) throw new InvalidArgumentError("Use a number from 0 to 65535.");
  return port;
}
