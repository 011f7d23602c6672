import { createClient } from "#shared/contract/client.ts";
import type { Client, EventEnvelope } from "#shared/contract/types.ts";
import { waitUnless } from "#shared/wait-unless.ts";
import { readEngineRecord } from "../../engine-record.ts";
import { createHttpCaller } from "../../http-caller.ts";
import { openEventStream } from "./event-stream.ts";

export interface EngineFollower {
  readonly dataDir: string;
  readonly signal: AbortSignal;
  /** Each time that its events can be heard: what was told before is not told again. */
  onConnected(client: Client): void;
  onEvent(event: EventEnvelope): void;
  /** A line for the user. */
  say(line: string): void;
}

const RETRY_MS = 250;

/**
 * Listens to the engine that runs on a data folder, and to the next one when that has ended, until `signal` aborts.
 * Throws AppError `internal` where the engine is of another version.
 */
export async function followEngine({ dataDir, signal, ...listener }: EngineFollower): Promise<void> {
  let isMissed = false;
  while (!signal.aborted) {
    const record = await readEngineRecord(dataDir);
    const stream = record && (await openEventStream(record, signal));
    if (signal.aborted) return;
    if (stream) {
      if (isMissed) listener.say("It runs again.");
      listener.onConnected(createClient(createHttpCaller(record, signal)));
      for await (const events of stream) events.forEach(listener.onEvent);
    } else if (!isMissed) {
      listener.say("The inspector does not run any more. Waiting until it does again…");
    }
    isMissed = !stream;
    await waitUnless(signal, RETRY_MS);
  }
}
