import type { Command } from "commander";
import type { Client } from "#shared/contract/types.ts";
import { type ChainLink, firstTrouble, type LinkState, toChain } from "#shared/domain/chain.ts";
import { AppError } from "#shared/errors.ts";
import { OTHER_SIDE_EXIT_CODE } from "../../exit-codes.ts";
import { addDataDirFlag, type HostFlags, readHostOptions } from "../../host-options.ts";
import { findRunning } from "../../running-engine.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";

interface DoctorFlags extends HostFlags {
  readonly format: Format;
}

const MARKS: Readonly<Record<LinkState, string>> = { ok: "✓", waiting: "…", warn: "!", bad: "✗", off: "–" };

export function addDoctorCommand(program: Command): void {
  const command = program
    .command("doctor")
    .description("Check each link between api.video and your server, and say what to do")
    .addHelpText(
      "after",
      "\nIt asks the inspector that runs on the data folder; exit code 5 where a link is broken.\n\nExample: apivideo-inspector doctor",
    );
  addFormatFlag(addDataDirFlag(command)).action(doctor);
}

async function doctor(flags: DoctorFlags): Promise<void> {
  // Where none runs, none is started, and nothing is made of a folder that was mistyped.
  const found = await findRunning(readHostOptions(flags, process.env).dataDir);
  const chain = found === null ? [NOT_RUNNING] : await examine(found.client);
  for (const link of chain) {
    if (flags.format === "json") printJson(link);
    else printLine(lineFor(link));
  }
  const trouble = firstTrouble(chain);
  if (flags.format === "text") printLine(trouble === undefined ? "All is well." : `What to do: ${adviceFor(trouble)}`);
  if (trouble?.state === "bad") process.exitCode = OTHER_SIDE_EXIT_CODE;
}

function lineFor({ state, title, message, provenAt }: ChainLink): string {
  return `${MARKS[state]} ${title.padEnd(12)} ${message}${provenAt === undefined ? "" : ` Last proof: ${provenAt}.`}`;
}

const NOT_RUNNING: ChainLink = {
  id: "listener",
  title: "Listener",
  state: "bad",
  value: "off",
  message: "No inspector runs on this data folder.",
  advice: "Start one with `apivideo-inspector serve`, or open the app.",
};

/** The chain as the engine knows it, after it has proven the path and asked api.video for the webhook right now. */
async function examine(client: Client): Promise<readonly ChainLink[]> {
  await client.call("tunnel.prove", {});
  const snapshot = await client.call("app.snapshot", {});
  const lost = snapshot.registration.phase === "registered" ? await missingWebhook(client) : null;
  return toChain(snapshot).map((link) => (link.id === "webhook" && lost !== null ? { ...link, ...lost } : link));
}

/** What is wrong with a webhook that we think is registered; null where it is there. */
async function missingWebhook(client: Client): Promise<Pick<ChainLink, "state" | "message" | "advice"> | null> {
  try {
    const { webhooks } = await client.call("webhooks.list", {});
    if (webhooks.some(({ isCurrent }) => isCurrent)) return null;
    return {
      state: "bad",
      message: "The account does not have our webhook any more.",
      // Whoever lists the webhooks makes the engine look, as soon as ours is not among them.
      advice: "It is registered again by itself.",
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { state: "warn", message: `It cannot be looked up: ${error.message}` };
  }
}

/** An advice goes on where its message ends. */
function adviceFor({ title, advice, message }: ChainLink): string {
  return `${title}: ${message}${advice === undefined ? "" : ` ${advice}`}`;
}
