import type { Fault } from "#shared/domain/fault.ts";
import type { EventBus } from "./event-bus.ts";
import { createHold, type Hold } from "./hold.ts";
import type { Clock } from "./lib/clock.ts";
import { fireAndForget, type Log } from "./lib/log.ts";
import { createTrailing } from "./lib/trailing.ts";
import { createLiveFaults, type LiveFaults } from "./replay/faults/live-faults.ts";
import type { Relayed } from "./replay/forwarder.ts";
import type { Replayer } from "./replay/replayer.ts";
import type { Store } from "./store/store.ts";

/** A flood counts a fault down with every delivery; nobody reads it faster than this. */
const FAULTS_EVERY_MS = 200;

/**
 * The way of a stored delivery to the developer's server: it may be held, a fault may be put into it, and then the routes
 * say where it goes. Disposing drops what is held back.
 */
export interface WayOut extends Disposable {
  readonly hold: Hold;
  readonly faults: LiveFaults;
  /** Sends it on its way, in the order of the calls, and does not wait for it. */
  forward(id: string): void;
  /** The same, resolved with what its first target did; one that is held goes nowhere for now. */
  relay(id: string): Promise<Relayed>;
  /** From behind the hold on. Resolves when all of it has ended. */
  release(id: string): Promise<void>;
}

export function createWayOut(deps: {
  readonly store: Pick<Store, "matching" | "summary">;
  readonly replayer: Replayer;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly log: Log;
}): WayOut {
  const { store, replayer, events, clock, log } = deps;
  const faultsChanged = createTrailing(FAULTS_EVERY_MS, () => events.publish("faults.changed", faults.current()));
  const faults = createLiveFaults({ onChange: faultsChanged.touch });
  const hold = createHold({
    matches: async (id, query) => (await store.matching(id, [query]))[0] === true,
    publish: (state) => events.publish("hold.changed", state),
    isThere: async (id) => (await store.summary(id)) !== undefined,
    now: clock.now,
    log,
  });
  const unsubscribe = events.subscribe((event) => {
    if (event.name === "delivery.removed") fireAndForget(hold.forgetDeleted(), log, "hold.not_forgotten");
  });

  const release = (id: string) => faults.pass((fault?: Fault) => replayer.forward(id, fault));

  return {
    hold,
    faults,
    forward(id) {
      const taken = hold.takes(id);
      const passing = taken === false ? release(id) : taken.then((isHeld) => (isHeld ? undefined : release(id)));
      fireAndForget(passing, log, "forward.broke");
    },
    async relay(id) {
      const taken = hold.takes(id);
      if (taken !== false && (await taken)) return "nowhere";
      return (await faults.pass((fault?: Fault) => replayer.relay(id, fault))) ?? "failed";
    },
    async release(id) {
      await release(id);
    },
    [Symbol.dispose]() {
      unsubscribe();
      faults[Symbol.dispose]();
      faultsChanged[Symbol.dispose]();
    },
  };
}
