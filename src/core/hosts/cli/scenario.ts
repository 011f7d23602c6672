import { SCENARIOS, type ScenarioEvent, type ScenarioName } from "#shared/api-video/scenarios.ts";
import { waitUnless } from "../../lib/wait-unless.ts";
import { createId } from "../../simulator/create-id.ts";
import { randomId } from "../node-deps.ts";

/** One event that is sent, for the first time or again. */
export interface Sending {
  readonly atMs: number;
  readonly event: ScenarioEvent;
}

export interface Playing {
  /** Factor on the pace; infinite for no pauses at all. */
  readonly speed: number;
  readonly signal: AbortSignal;
  /** The fields are those of the scenario; of an event that is sent more than once they make the bytes the same. */
  send(event: ScenarioEvent, fields: Readonly<Record<string, string>>): Promise<void>;
}

/** All that a scenario sends, with new ids, in the order of sending. */
export function planScenario(name: ScenarioName): Sending[] {
  const events = SCENARIOS[name].events((kind) => createId(kind, randomId));
  return events
    .flatMap((event) => [0, ...(event.againAfterMs ?? [])].map((afterMs) => ({ atMs: event.atMs + afterMs, event })))
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** Sends one after the other, each at its time counted from the start, until `signal` aborts; answers how many went out. */
export async function playScenario(plan: readonly Sending[], { speed, signal, send }: Playing): Promise<number> {
  const startedAt = performance.now();
  const emittedAt = new Map<ScenarioEvent, string>();
  let sent = 0;
  for (const { atMs, event } of plan) {
    await waitUnless(signal, Math.max(0, atMs / speed - (performance.now() - startedAt)));
    if (signal.aborted) break;
    const { fields, againAfterMs = [] } = event;
    const at = emittedAt.get(event) ?? new Date().toISOString();
    if (againAfterMs.length > 0) emittedAt.set(event, at);
    await send(event, againAfterMs.length > 0 ? { ...fields, emittedAt: at } : fields);
    sent += 1;
  }
  return sent;
}
