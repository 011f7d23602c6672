import { type Command, InvalidArgumentError, Option } from "commander";
import type { Client } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { formatTerm } from "#shared/search/format-query.ts";
import { waitUnless } from "#shared/wait-unless.ts";
import { INTERRUPTED_EXIT_CODE, OTHER_SIDE_EXIT_CODE } from "../../exit-codes.ts";
import { type HostFlags, readHostOptions } from "../../host-options.ts";
import { connectToRunning } from "../connect-engine.ts";
import { deliveryLine } from "../delivery-line.ts";
import { followMatches } from "../follow/follow-matches.ts";
import { type Format, printJson, printLine, printNote } from "../format.ts";
import { abortOnSignal } from "../until-signal.ts";

export interface RealFlags extends HostFlags {
  readonly real?: "upload";
  readonly timeout: number;
  readonly yesProduction?: boolean;
  readonly format: Format;
}

/** Between two looks at how far the encoding is: well below the 100 reads a minute of the sandbox, two for a look. */
const LOOK_EVERY_MS = 3_000;
/** All that an upload can lead to, and more. */
const MAX_EVENTS = 100;

export function addRealFlags(command: Command): void {
  command
    .addOption(
      new Option("--real <what>", "upload a clip of one second to api.video, and remove it").choices(["upload"]),
    )
    .option("--timeout <seconds>", "how long to wait for its events", readSeconds, 300)
    .option("--yes-production", "also where the account is not the sandbox's");
}

/**
 * Has api.video itself send events: uploads a clip, waits until each rendition that it says is encoded has its event here,
 * and removes the clip in any case. Throws the AppErrors of `clip.upload` and connectToRunning.
 */
export async function triggerReal(flags: RealFlags): Promise<void> {
  const interrupted = abortOnSignal();
  await using running = await connectToRunning(flags);
  const { client } = running;
  printNote("Uploading a clip of one second…");
  const { videoId, environment, bytes } = await client.call("clip.upload", { allowProduction: flags.yesProduction });
  printNote(
    `Uploaded to ${environment}: ${videoId}, ${bytes} bytes. Waiting for its events, ${flags.timeout} s at most…`,
  );
  try {
    const late = AbortSignal.timeout(flags.timeout * 1_000);
    const { isOver, trouble } = await waitForEvents(client, videoId, flags, AbortSignal.any([interrupted, late]));
    if (trouble === null) printNote("Every rendition that is encoded has its event.");
    else if (isOver || !interrupted.aborted) {
      process.exitCode = OTHER_SIDE_EXIT_CODE;
      printNote(
        isOver ? `${trouble}.` : `After ${flags.timeout} s, ${trouble}. \`doctor\` looks where the way is broken.`,
      );
    } else process.exitCode = INTERRUPTED_EXIT_CODE;
  } finally {
    await removeClip(client, videoId);
  }
}

interface Outcome {
  /** Nothing more is to be waited for. */
  readonly isOver: boolean;
  /** What is not as it should be, in words without a full stop; null where all is. */
  readonly trouble: string | null;
}

/** Prints each event as it comes, until all have or `signal` aborts. */
async function waitForEvents(client: Client, videoId: string, flags: RealFlags, signal: AbortSignal): Promise<Outcome> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const arrived = new Set<string>();
  // What it fails with ends the waiting as well, and is thrown at its end.
  const following = printEvents(videoId, flags, either, arrived).finally(() => over.abort());
  const looking = look();
  await Promise.allSettled([following, looking]);
  await following;
  return looking;

  async function look(): Promise<Outcome> {
    let outcome = outcomeOf([], arrived);
    try {
      while (!either.aborted && !outcome.isOver) {
        const { qualities } = await client.call("subjects.lookup", { subject: { kind: "video", id: videoId } });
        outcome = outcomeOf(qualities, arrived);
        if (!outcome.isOver) await waitUnless(either, LOOK_EVERY_MS);
      }
      return outcome;
    } finally {
      over.abort();
    }
  }
}

async function printEvents(
  videoId: string,
  flags: RealFlags,
  signal: AbortSignal,
  arrived: Set<string>,
): Promise<void> {
  const deliveries = followMatches({
    dataDir: readHostOptions(flags, process.env).dataDir,
    query: formatTerm({ kind: "field", key: "video", values: [videoId] }),
    // The first may have come before it is listened for.
    stored: MAX_EVENTS,
    signal,
    onReady: () => undefined,
    say: printNote,
  });
  for await (const delivery of deliveries) {
    if (delivery.detail !== undefined) arrived.add(delivery.detail.toLowerCase());
    if (flags.format === "json") printJson(delivery);
    else printLine(deliveryLine(delivery));
  }
}

interface Rendition {
  readonly type: string;
  readonly quality: string;
  readonly status: string;
}

/** Of a rendition that failed no event tells; there is none for the end either. */
function outcomeOf(renditions: readonly Rendition[], arrived: ReadonlySet<string>): Outcome {
  const namesOf = (...states: readonly string[]) =>
    renditions
      .filter(({ status }) => states.includes(status.toLowerCase()))
      .map(({ type, quality }) => `${type} ${quality}`.toLowerCase());
  const unheard = namesOf("encoded").filter((name) => !arrived.has(name));
  const pending = namesOf("waiting", "encoding");
  const failed = namesOf("failed");
  if (renditions.length === 0) return { isOver: false, trouble: "api.video says of no rendition yet" };
  if (unheard.length > 0)
    return { isOver: false, trouble: `${unheard.join(", ")} is encoded, and no event of it came` };
  if (pending.length > 0) return { isOver: false, trouble: `${pending.join(", ")} is not encoded yet` };
  return { isOver: true, trouble: failed.length > 0 ? `api.video could not encode ${failed.join(", ")}` : null };
}

async function removeClip(client: Client, videoId: string): Promise<void> {
  try {
    await client.call("clip.remove", { videoId });
    printNote("Removed the clip.");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    printNote(`${error.message} The clip ${videoId} is still at api.video: delete it in the dashboard.`);
    process.exitCode = OTHER_SIDE_EXIT_CODE;
  }
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3_600)) throw new InvalidArgumentError("Use a number of seconds up to 3600.");
  return seconds;
}
