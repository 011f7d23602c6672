import type { SimulatedDialect } from "#shared/contract/simulator-commands.ts";
import { randomId } from "#shared/random-id.ts";
import { waitUnless } from "#shared/wait-unless.ts";
import { createId } from "./create-id.ts";
import { type NewId, SCENARIOS, type ScenarioEvent, type ScenarioName } from "./scenarios.ts";

/** One event that is sent, for the first time or again. */
export interface Sending {
  /** Milliseconds after the scenario began. */
  readonly atMs: number;
  readonly event: ScenarioEvent;
  readonly isAgain: boolean;
}

export interface Playing {
  /** Factor on the pace; infinite for no pauses at all. */
  readonly speed: number;
  readonly signal: AbortSignal;
  /** The shape of the payloads; left out, api.video's own. */
  readonly dialect?: SimulatedDialect | undefined;
  /** The fields are those of the scenario; of an event that is sent more than once they make the bytes the same. */
  send(event: ScenarioEvent, fields: Readonly<Record<string, string>>): Promise<void>;
}

/** All that a scenario sends, in the order of sending; with new ids, unless others are asked for. */
export function planScenario(name: ScenarioName, newId: NewId = (kind) => createId(kind, randomId)): Sending[] {
  return SCENARIOS[name]
    .events(newId)
    .flatMap((event) =>
      [0, ...(event.againAfterMs ?? [])].map((afterMs) => ({
        ...{ atMs: event.atMs + afterMs, event, isAgain: afterMs > 0 },
      })),
    )
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** How long it takes from the first event to the last, in ms. */
export function durationMs(plan: readonly Sending[], speed: number): number {
  return (plan.at(-1)?.atMs ?? 0) / speed;
}

/** Sends one after the other, each at its time counted from the start, until `signal` aborts; answers how many went out. */
export async function playScenario(
  plan: readonly Sending[],
  { speed, signal, dialect, send }: Playing,
): Promise<number> {
  const startedAt = performance.now();
  const emittedAt = new Map<ScenarioEvent, string>();
  let sent = 0;
  for (const { atMs, event } of plan) {
    await waitUnless(signal, Math.max(0, atMs / speed - (performance.now() - startedAt)));
    if (signal.aborted) break;
    const { fields, againAfterMs = [] } = event;
    const at = emittedAt.get(event) ?? new Date().toISOString();
    if (againAfterMs.length > 0) emittedAt.set(event, at);
    await send(event, inDialect(againAfterMs.length > 0 ? { ...fields, emittedAt: at } : fields, dialect));
    sent += 1;
  }
  return sent;
}

/** The tutorial's events have no time, and what they are about under `data`. */
function inDialect(
  { emittedAt, ...fields }: Readonly<Record<string, string>>,
  dialect: SimulatedDialect | undefined,
): Record<string, string> {
  if (dialect !== "tutorial") return emittedAt === undefined ? fields : { emittedAt, ...fields };
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [`data.${field}`, value]));
}
