import { type Command, InvalidArgumentError, Option } from "commander";
import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { SimulatedDialect, SimulatedSignature } from "#shared/contract/simulator-commands.ts";
import type { Client } from "#shared/contract/types.ts";
import { waitUnless } from "../../../lib/wait-unless.ts";
import { INTERRUPTED_EXIT_CODE } from "../../exit-codes.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { collectField } from "../collect-field.ts";
import { connectEngine } from "../connect-engine.ts";
import { deliveryLine } from "../delivery-line.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";
import { abortOnSignal } from "../until-signal.ts";

interface TriggerFlags extends HostFlags {
  readonly signature: SimulatedSignature;
  readonly dialect?: SimulatedDialect;
  readonly set?: Record<string, unknown>;
  readonly count: number;
  readonly interval?: number;
  readonly via: "listener" | "public-url";
  readonly format: Format;
}

export function addTriggerCommand(program: Command): void {
  const command = program
    .command("trigger")
    .argument("<event>", `one of ${EVENT_TYPES.join(", ")}, or any other name`)
    .description("Send one simulated, signed event")
    .addOption(
      new Option("--signature <kind>", "how it is signed").choices(SimulatedSignature.options).default("valid"),
    )
    .addOption(new Option("--dialect <dialect>", "the payload's shape").choices(SimulatedDialect.options))
    .option("--set <path=value>", "set a field of the payload (repeatable; JSON values are read as such)", collectField)
    .option("--count <n>", "how many", readCount, 1)
    .option("--interval <ms>", "so many milliseconds between them (default: all at once)", readInterval)
    .addOption(
      new Option("--via <way>", "to the listener, or round through the public URL")
        .choices(["listener", "public-url"])
        .default("listener"),
    )
    .addHelpText("after", "\nExample: apivideo-inspector trigger video.encoding.quality.completed --set quality=1080p");
  addFormatFlag(addDataDirFlag(command)).action(trigger);
}

async function trigger(type: string, flags: TriggerFlags): Promise<void> {
  await using connection = await connectEngine(flags);
  const { count, interval } = flags;
  // Awaited: what is returned alone goes on after the connection has ended.
  if (interval === undefined) return await send(connection.client, type, flags, count);
  const interrupted = abortOnSignal();
  for (let sent = 0; sent < count && !interrupted.aborted; sent++) {
    if (sent > 0) await waitUnless(interrupted, interval);
    if (!interrupted.aborted) await send(connection.client, type, flags, 1);
  }
  if (interrupted.aborted) process.exitCode = INTERRUPTED_EXIT_CODE;
}

/** Sends so many at once, and prints a line for each. */
async function send(client: Client, type: string, flags: TriggerFlags, count: number): Promise<void> {
  const { ids } = await client.call("simulator.trigger", {
    type,
    // Every value came out of JSON.parse, or is a text.
    ...(flags.set && { set: flags.set as Record<string, string> }),
    signature: flags.signature,
    count,
    via: flags.via,
    ...(flags.dialect && { dialect: flags.dialect }),
  });
  for (const id of ids) {
    const delivery = await client.call("deliveries.get", { id });
    if (flags.format === "json") printJson(delivery);
    else printLine(deliveryLine({ ...delivery, attempts: delivery.attempts.length }));
  }
}

function readInterval(text: string): number {
  const ms = Number(text);
  if (text.trim() === "" || !(ms >= 0 && ms <= 3_600_000)) {
    throw new InvalidArgumentError("Use a number of milliseconds up to 3600000.");
  }
  return ms;
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw new InvalidArgumentError("Use a number from 1 to 1000.");
  return count;
}
