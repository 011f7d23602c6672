import { type Command, InvalidArgumentError } from "commander";
import { FAULT_KINDS, type FaultKind, type LiveFault } from "#shared/domain/fault.ts";
import { liveFaultSentence } from "#shared/domain/fault-sentence.ts";
import { AppError } from "#shared/errors.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { collectField } from "../collect-field.ts";
import { type Connection, connectToRunning } from "../connect-engine.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";
import { readFault } from "../read-fault.ts";

interface FaultsFlags extends HostFlags {
  readonly format: Format;
}

interface SetFlags extends FaultsFlags {
  readonly next?: number;
  readonly untilCleared?: true;
}

/** What stands behind each kind in the help: its parameters, with values that are likely to be wanted. */
const PARAMETERS: Readonly<Record<FaultKind, string>> = {
  duplicate: "times=2",
  reorder: "window=2",
  delay: "ms=5000",
  burst: "count=10",
  drop: "",
  slow: "bytesPerSecond=100",
  truncate: "framing=fitted|broken-off keep=half|BYTES",
  "change-byte": "at=middle|BYTES",
  reserialise: "",
  "wrong-secret": "",
  "missing-header": "name=X-Api-Video-Signature",
};

export function addFaultsCommand(program: Command): void {
  const faults = program
    .command("faults")
    .description("Put a fault into what the running app forwards, to see what the handler makes of it");
  addCommon(faults.command("set"))
    .argument("<kind>", `one of ${FAULT_KINDS.join(", ")}`)
    .argument("[parameters...]", "name=value, and every=N for one in N only", collectField, {})
    .description("Put a fault into the forwards to come, in the stead of any other")
    .option("--next <n>", "for how many deliveries", readNext)
    .option("--until-cleared", "for all until `faults clear`")
    .addHelpText(
      "after",
      `\nParameters:\n${FAULT_KINDS.map((kind) => `  ${kind} ${PARAMETERS[kind]}`.trimEnd()).join("\n")}` +
        "\n\nExample: apivideo-inspector faults set duplicate times=3 --next 10",
    )
    .action(set);
  addCommon(faults.command("clear"))
    .description("Forward as it should be again, and at once what the fault holds back")
    .addHelpText("after", "\nExample: apivideo-inspector faults clear")
    .action(clear);
  addCommon(faults.command("show"))
    .description("Say which fault is on")
    .addHelpText("after", "\nExample: apivideo-inspector faults show --format json")
    .action(show);
}

function addCommon(command: Command): Command {
  return addFormatFlag(addDataDirFlag(command));
}

async function set(kind: string, parameters: Record<string, unknown>, flags: SetFlags): Promise<void> {
  if ((flags.next === undefined) === (flags.untilCleared === undefined)) {
    throw new AppError("input.invalid", "Say for how many deliveries with --next N, or --until-cleared.");
  }
  const fault = readFault(kind, parameters);
  await using connection = await connectToRunning(flags);
  await connection.client.call("faults.set", { fault, next: flags.next ?? null });
  await print(connection, flags.format);
}

async function clear(flags: FaultsFlags): Promise<void> {
  await using connection = await connectToRunning(flags);
  await connection.client.call("faults.clear", {});
  await print(connection, flags.format);
}

async function show(flags: FaultsFlags): Promise<void> {
  await using connection = await connectToRunning(flags);
  await print(connection, flags.format);
}

async function print({ client }: Connection, format: Format): Promise<void> {
  const { faults } = await client.call("app.snapshot", {});
  if (format === "json") printJson(faults);
  else printLine(wordsOf(faults));
}

function wordsOf(live: LiveFault | null): string {
  return live === null ? "No fault: deliveries are forwarded as they came." : liveFaultSentence(live);
}

function readNext(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100_000) {
    throw new InvalidArgumentError("Use a number from 1 to 100000.");
  }
  return count;
}
