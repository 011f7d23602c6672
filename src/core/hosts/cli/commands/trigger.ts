import { type Command, InvalidArgumentError, Option } from "commander";
import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { durationMs, planScenario, playScenario } from "#shared/api-video/play-scenario.ts";
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from "#shared/api-video/scenarios.ts";
import { SimulatedDialect, SimulatedSignature } from "#shared/contract/simulator-commands.ts";
import type { Client } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { waitUnless } from "#shared/wait-unless.ts";
import { INTERRUPTED_EXIT_CODE } from "../../exit-codes.ts";
import { addDataDirFlag } from "../../host-options.ts";
import { collectField } from "../collect-field.ts";
import { connectEngine } from "../connect-engine.ts";
import { deliveryLine } from "../delivery-line.ts";
import { addFlagGroups, type FlagGroup } from "../flag-groups.ts";
import { addFormatFlag, printJson, printLine, printNote } from "../format.ts";
import { abortOnSignal } from "../until-signal.ts";
import { addRealFlags, type RealFlags, triggerReal } from "./trigger-real.ts";

interface TriggerFlags extends RealFlags {
  readonly signature: SimulatedSignature;
  readonly dialect?: SimulatedDialect;
  readonly set?: Record<string, unknown>;
  readonly count: number;
  readonly interval?: number;
  readonly scenario?: ScenarioName;
  readonly speed: number;
  readonly via: "listener" | "public-url";
}

type Way = "event" | "scenario" | "real";

const GROUPS: readonly FlagGroup<Way>[] = [
  { ways: ["event", "scenario"], purpose: "simulated events", add: addSimulatedFlags },
  { ways: ["event"], title: "For one event:", purpose: "one simulated event", add: addEventFlags },
  { ways: ["scenario"], title: "For a scenario:", purpose: "a scenario (--scenario)", add: addScenarioFlags },
  { ways: ["real"], title: "For real events:", purpose: "real events (--real)", add: addRealFlags },
];

const HELP = `
Scenarios:
${SCENARIO_NAMES.map((name) => `  ${name.padEnd(10)} ${SCENARIOS[name].summary}`).join("\n")}

Ctrl-C ends between two events. In which order api.video sends, and how fast, its documentation does not say.

With --real upload, api.video itself sends: the clip goes to the account of the inspector that runs, needs its webhook,
and is removed again, also after Ctrl-C. Exit code: 5 where an event did not come in time, 6 where no inspector runs.

Examples: apivideo-inspector trigger video.encoding.quality.completed --set quality=1080p
          apivideo-inspector trigger --scenario live --speed 10
          apivideo-inspector trigger --real upload --timeout 120`;

export function addTriggerCommand(program: Command): void {
  const command = program
    .command("trigger")
    .argument("[event]", `one of ${EVENT_TYPES.join(", ")}, or any other name`)
    .summary("Send a simulated, signed event, all of a scenario, or have api.video send real ones")
    .description(
      "Send a simulated, signed event; with --scenario, all that an upload or a broadcast leads to; or, with --real, have api.video send real ones",
    );
  const refuseOthers = addFlagGroups(addFormatFlag(addDataDirFlag(command)), GROUPS);
  command.addHelpText("after", HELP).action(async (type: string | undefined, flags: TriggerFlags) => {
    const way = wayOf(type, flags);
    refuseOthers(way);
    if (way === "real") return triggerReal(flags);
    // Awaited: what is returned alone goes on after the connection has ended.
    await using connection = await connectEngine(flags);
    if (type !== undefined) await trigger(connection.client, type, flags);
    else await play(connection.client, flags.scenario ?? "upload", flags);
  });
}

function wayOf(type: string | undefined, { scenario, real }: TriggerFlags): Way {
  const named = { event: type, scenario, real };
  const ways = (["event", "scenario", "real"] as const).filter((way) => named[way] !== undefined);
  const [way] = ways;
  if (way !== undefined && ways.length === 1) return way;
  throw new AppError("input.invalid", "Name one event, a scenario with --scenario, or --real upload.");
}

function addSimulatedFlags(command: Command): void {
  command
    .addOption(
      new Option("--signature <kind>", "how it is signed").choices(SimulatedSignature.options).default("valid"),
    )
    .addOption(new Option("--dialect <dialect>", "the payload's shape").choices(SimulatedDialect.options))
    .option("--set <path=value>", "set a field of the payload (repeatable; JSON values are read as such)", collectField)
    .addOption(
      new Option("--via <way>", "to the listener, or round through the public URL")
        .choices(["listener", "public-url"])
        .default("listener"),
    );
}

function addEventFlags(command: Command): void {
  command
    .option("--count <n>", "how many", readCount, 1)
    .option("--interval <ms>", "so many milliseconds between them (default: all at once)", readInterval);
}

function addScenarioFlags(command: Command): void {
  command
    .addOption(new Option("--scenario <name>", "which one (see below)").choices(SCENARIO_NAMES))
    .option("--speed <factor>", "10 is ten times as fast; max makes no pauses", readSpeed, 1);
}

async function trigger(client: Client, type: string, flags: TriggerFlags): Promise<void> {
  const { count, interval } = flags;
  if (interval === undefined) return send(client, type, flags, { count });
  const interrupted = abortOnSignal();
  for (let sent = 0; sent < count && !interrupted.aborted; sent++) {
    if (sent > 0) await waitUnless(interrupted, interval);
    if (!interrupted.aborted) await send(client, type, flags);
  }
  if (interrupted.aborted) process.exitCode = INTERRUPTED_EXIT_CODE;
}

async function play(client: Client, name: ScenarioName, flags: TriggerFlags): Promise<void> {
  const { speed, dialect } = flags;
  const signal = abortOnSignal();
  const plan = planScenario(name);
  const seconds = Math.ceil(durationMs(plan, speed) / 1_000);
  const time = Number.isFinite(speed) ? `in ${seconds} s` : "without a pause";
  printNote(`${name}: ${plan.length} events ${time}. Ctrl-C ends it between two.`);
  const sent = await playScenario(plan, {
    ...{ speed, signal, dialect },
    send: ({ type }, fields) => send(client, type, flags, { fields }),
  });
  if (sent === plan.length) return;
  printNote(`Stopped after ${sent} of ${plan.length} events.`);
  process.exitCode = INTERRUPTED_EXIT_CODE;
}

/** Sends so many at once, and prints a line for each; what the user sets goes before the fields of a scenario. */
async function send(
  client: Client,
  type: string,
  flags: TriggerFlags,
  { count = 1, fields = {} }: { readonly count?: number; readonly fields?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  const { ids } = await client.call("simulator.trigger", {
    type,
    // Every value came out of JSON.parse, or is a text.
    set: { ...fields, ...(flags.set as Record<string, string> | undefined) },
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

function readSpeed(text: string): number {
  if (text === "max") return Number.POSITIVE_INFINITY;
  const speed = text.trim() === "" ? Number.NaN : Number(text);
  if (speed >= 0.1 && speed <= 1_000) return speed;
  throw new InvalidArgumentError("Use a factor from 0.1 to 1000, or max.");
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
