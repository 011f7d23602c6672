import { createClient } from "#shared/contract/client.ts";
import type { Client } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { waitUnless } from "#shared/wait-unless.ts";
import { type EngineRecord, readEngineRecord } from "./engine-record.ts";
import { createHttpCaller } from "./http-caller.ts";

/** An engine that another process runs. Calls are all that its client does; events have ways of their own. */
export interface FoundEngine {
  readonly record: EngineRecord;
  readonly client: Client;
}

/** The engine that runs on a data folder, found by its record; null where none does. Never rejects. */
export async function findRunning(dataDir: string): Promise<FoundEngine | null> {
  const record = await readEngineRecord(dataDir);
  const caller = record && createHttpCaller(record);
  return caller && (await caller.isThere()) ? { record, client: createClient(caller) } : null;
}

/** Whether another process has the data folder, with or without a record of it. */
export function isLocked(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "store.locked";
}

/** One that has the folder but no record yet is on its way up, or on its way down. */
const MEET_MS = 5_000;
const LOOK_EVERY_MS = 100;

/** What `look` answers, asked again and again for five seconds until it answers at all; null where it never does. */
export async function soon<T>(look: () => Promise<T | null>): Promise<T | null> {
  const giveUp = AbortSignal.timeout(MEET_MS);
  while (!giveUp.aborted) {
    const answer = await look();
    if (answer !== null) return answer;
    await waitUnless(giveUp, LOOK_EVERY_MS);
  }
  return null;
}
