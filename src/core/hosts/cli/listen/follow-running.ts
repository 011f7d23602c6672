import type { AppSnapshot } from "#shared/contract/snapshot.ts";
import type { EventEnvelope } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import type { Log } from "../../../lib/log.ts";
import type { FoundEngine } from "../../running-engine.ts";
import { openEventStream } from "../follow/event-stream.ts";
import { isFound } from "./filter.ts";
import { type Telling, tellOfEngine } from "./tell-of-engine.ts";
import type { Told } from "./told.ts";

export interface RunningDeps {
  readonly running: FoundEngine;
  readonly filter: string | null;
  readonly log: Log;
  /** Ends the following; the engine goes on. */
  readonly signal: AbortSignal;
  /** Once, with how things stand; what happens from then on is told by `tell`. */
  onReady(snapshot: AppSnapshot, telling: Telling): void;
  tell(told: Told): void;
}

/**
 * Tells of what happens from now on in an engine that another process runs, until `signal` aborts or the engine ends:
 * resolves with which of the two it was. Throws AppError `host.disconnected` where it does not answer, and `internal`
 * where it is of another version.
 */
export async function followRunning(deps: RunningDeps): Promise<"left" | "gone"> {
  const { running, filter, log, signal, tell } = deps;
  const { client, record } = running;
  const stream = await openEventStream(record, signal);
  if (stream === null) {
    throw new AppError("host.disconnected", "The inspector that runs already cannot be followed. Restart it.");
  }
  const snapshot = await client.call("app.snapshot", {});
  const listeners = new Set<(event: EventEnvelope) => void>();
  const publish = (event: EventEnvelope) => listeners.forEach((listener) => void listener(event));
  using telling = tellOfEngine({
    events: {
      since: () => [],
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    log,
    isWanted: filter === null ? null : (id) => isFound(client, filter, id),
    tell,
  });
  deps.onReady(snapshot, telling);
  stateEvents(snapshot).forEach(publish);
  for await (const events of stream) events.filter((event) => isNews(event, snapshot)).forEach(publish);
  await telling.settled();
  return signal.aborted ? "left" : "gone";
}

/** How things stand, as if it happened now. */
function stateEvents({ seq, tunnel, registration, targets, problems }: AppSnapshot): EventEnvelope[] {
  return [
    { seq, name: "tunnel.changed", payload: tunnel },
    { seq, name: "registration.changed", payload: registration },
    { seq, name: "targets.changed", payload: { targets } },
    ...problems.map((payload) => ({ seq, name: "problem.raised", payload }) as const),
  ];
}

/** The stream is a moment older than the snapshot: of what came in between, only states are in the latter. */
function isNews({ seq, name }: EventEnvelope, snapshot: AppSnapshot): boolean {
  return seq > snapshot.seq || name.startsWith("delivery.") || name === "attempt.updated" || name === "run.progressed";
}
