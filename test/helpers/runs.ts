import { vi } from "vitest";
import type { CommandInput } from "#shared/contract/types.ts";
import type { RunSummary } from "#shared/domain/run.ts";
import { encodingEvent, sendDelivery } from "./api-video-delivery.ts";
import type { StartedEngine } from "./start-engine.ts";

/** Has an engine capture `count` deliveries, one after the other; the body's `n` counts from 1. */
export async function capture({ engine }: StartedEngine, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) await sendDelivery(engine.listenerUrl, { body: encodingEvent({ n: String(n) }) });
}

type Batch = CommandInput<"replay.batch">;

/** Makes a run of everything captured, unless told otherwise, and answers its id. */
export async function startRun({ client }: StartedEngine, batch: Batch): Promise<string> {
  const what = batch.ids === undefined ? { query: "" } : {};
  return (await client.call("replay.batch", { ...what, ...batch })).batchId;
}

/** The run once it is in this state, at its end unless told otherwise. */
export async function runIn(
  { client }: StartedEngine,
  id: string,
  state: RunSummary["state"] = "done",
): Promise<RunSummary> {
  return vi.waitFor(
    async () => {
      const run = await client.call("runs.get", { id });
      if (run.state !== state) throw new Error(`The run is ${run.state}: ${run.trouble}`);
      return run;
    },
    { timeout: 10_000, interval: 10 },
  );
}

/** Makes a run and waits for its end. */
export async function run(started: StartedEngine, batch: Batch): Promise<RunSummary> {
  return runIn(started, await startRun(started, batch));
}

export async function resultsOf({ client }: StartedEngine, id: string) {
  return (await client.call("runs.results", { id, limit: 500 })).results;
}
