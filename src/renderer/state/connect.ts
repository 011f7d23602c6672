import type { Connection } from "#shared/contract/connection.ts";
import type { Client, EventEnvelope } from "#shared/contract/types.ts";
import { toMessage } from "../client/to-message.ts";
import type { EngineMirror } from "./app-state.ts";
import { applyEvent } from "./apply-event.ts";
import type { LoadedList } from "./list-loader.ts";
import { withPaused } from "./pause.ts";
import type { AppStore } from "./store.ts";

export interface ConnectDeps {
  readonly client: Client;
  readonly connection: Pick<Connection, "onStatus">;
  readonly store: AppStore;
  /** Runs `flush` once, soon: at the next animation frame in a window. */
  schedule(flush: () => void): void;
  /** Loads the part of the list that is looked at. */
  loadList(): Promise<LoadedList>;
  /** Called after each batch that was applied, with the mirror before it; with null after everything was loaded anew. */
  onApplied(events: readonly EventEnvelope[] | null, before: EngineMirror | null): void;
}

/** A mirror kept up to date until it is stopped. */
export interface LiveMirror {
  /** Loads everything again; failures are in the state's `loadError`. */
  reload(): Promise<void>;
  stop(): void;
}

/**
 * Keeps the mirror true: subscribes first and queues, loads snapshot and first page, then applies what came meanwhile
 * and goes live. A gap in the numbers, a `reset`, or a connection that did not resume repeats the load.
 */
export function connect({ client, connection, store, schedule, loadList, onApplied }: ConnectDeps): LiveMirror {
  let queue: EventEnvelope[] = [];
  let isLive = false;
  let isFlushDue = false;
  let loads = 0;

  const reload = async (): Promise<void> => {
    loads += 1;
    const load = loads;
    isLive = false;
    try {
      const fresh = await loadMirror(client, loadList);
      if (load !== loads) return;
      const mirror = withPaused(fresh, store.getState().mirror?.list);
      store.setState({ mirror, loadError: null, listError: null });
      isLive = true;
      onApplied(null, null);
      flush();
    } catch (error) {
      if (load === loads) store.setState({ loadError: toMessage(error) });
    }
  };

  const flush = (): void => {
    isFlushDue = false;
    const { mirror } = store.getState();
    if (!isLive || mirror === null) return;
    const { applied, rest, mustReload } = applyInOrder(mirror, queue);
    queue = rest;
    if (applied.events.length > 0) {
      store.setState({ mirror: applied.mirror });
      onApplied(applied.events, mirror);
    }
    // Its failure is shown by the state; nothing else waits for it.
    if (mustReload) void reload();
  };

  const unsubscribe = client.subscribe((event) => {
    queue.push(event);
    if (isFlushDue) return;
    isFlushDue = true;
    schedule(flush);
  });

  const unwatch = connection.onStatus((status) => {
    store.setState({ connection: status });
    if (status.kind === "connected" && !(status.resumed && isLive)) void reload();
  });

  return {
    reload,
    stop() {
      loads += 1;
      isLive = false;
      unwatch();
      unsubscribe();
    },
  };
}

interface Application {
  readonly applied: { readonly mirror: EngineMirror; readonly events: readonly EventEnvelope[] };
  readonly rest: EventEnvelope[];
  readonly mustReload: boolean;
}

/** Applies events as long as their numbers follow each other; what the mirror already knows is skipped. */
function applyInOrder(start: EngineMirror, queue: readonly EventEnvelope[]): Application {
  let mirror = start;
  const events: EventEnvelope[] = [];
  for (const [index, event] of queue.entries()) {
    const applied = { mirror, events };
    if (event.name === "reset") return { applied, rest: queue.slice(index + 1), mustReload: true };
    if (event.seq <= mirror.seq) continue;
    // The event after the gap is kept: it may be newer than what the load will bring.
    if (event.seq > mirror.seq + 1) return { applied, rest: queue.slice(index), mustReload: true };
    mirror = applyEvent(mirror, event);
    events.push(event);
  }
  return { applied: { mirror, events }, rest: [], mustReload: false };
}

async function loadMirror(client: Client, loadList: ConnectDeps["loadList"]): Promise<EngineMirror> {
  const [snapshot, { gaps, seq: gapsSeq }, { list, seq: listSeq }] = await Promise.all([
    client.call("app.snapshot", {}),
    client.call("gaps.list", {}),
    loadList(),
  ]);
  // Events are counted from the one that knows the least; what the others know beyond it comes again as an event.
  const seq = Math.min(snapshot.seq, gapsSeq, listSeq);
  return { ...snapshot, seq, gaps, list };
}
