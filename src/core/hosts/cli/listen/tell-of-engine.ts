import { isDeepStrictEqual } from "node:util";
import type { EventEnvelope } from "#shared/contract/types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { TargetHealth } from "#shared/domain/target-health.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";
import type { Verification } from "#shared/domain/verification.ts";
import type { EventBus } from "../../../event-bus.ts";
import type { Log } from "../../../lib/log.ts";
import { createShown } from "./shown.ts";
import type { Told } from "./told.ts";

export interface TellDeps {
  readonly events: Pick<EventBus, "since" | "subscribe">;
  readonly log: Log;
  /** Whether a stored delivery is to be told of; null where all are. */
  readonly isWanted: ((deliveryId: string) => Promise<boolean>) | null;
  tell(told: Told): void;
}

export interface Telling extends Disposable {
  /** The delivery that was told of last; null before the first. */
  readonly lastId: string | null;
  /** Resolves when all that has happened so far is told. */
  settled(): Promise<void>;
}

/** Of older ones a new check is no news. */
const MAX_REMEMBERED = 1_000;

/** Tells of what happens in an engine from its start on: it has happened already, some of it. */
export function tellOfEngine({ events, log, isWanted, tell }: TellDeps): Telling {
  const shown = createShown({ isWanted, log });
  const checks = new Map<string, Verification>();
  let tunnel: Partial<TunnelState> = {};
  let troubled: ReadonlySet<string> = new Set();
  let lastId: string | null = null;

  function tellOfDelivery(delivery: DeliverySummary): void {
    lastId = delivery.id;
    checks.set(delivery.id, delivery.verification);
    const [oldest] = checks.keys();
    if (checks.size > MAX_REMEMBERED && oldest !== undefined) checks.delete(oldest);
    tell({ kind: "delivery", delivery });
  }

  function tellOfCheck(delivery: DeliverySummary): void {
    const was = checks.get(delivery.id);
    if (was === undefined || isDeepStrictEqual(was, delivery.verification)) return;
    checks.set(delivery.id, delivery.verification);
    tell({ kind: "verification", delivery, was });
  }

  /** A proof that the path still works is no news. */
  function tellOfTunnel(state: TunnelState): void {
    const { phase, url, fault } = state;
    const isSame = tunnel.phase === phase && tunnel.url === url && isDeepStrictEqual(tunnel.fault, fault);
    tunnel = state;
    if (!isSame) tell({ kind: "tunnel", tunnel: state });
  }

  /** That a server is there is told only after it was not. */
  function tellOfTargets(targets: readonly TargetHealth[]): void {
    const isTroubled = ({ state }: TargetHealth) => state === "down" || state === "refused";
    for (const target of targets) {
      const isNews = isTroubled(target) ? !troubled.has(target.url) : troubled.has(target.url) && target.state === "up";
      if (isNews) tell({ kind: "target", target });
    }
    const stillTroubled = ({ url, state }: TargetHealth) => state === "checking" && troubled.has(url);
    troubled = new Set(targets.filter((one) => isTroubled(one) || stillTroubled(one)).map(({ url }) => url));
  }

  function follow({ name, payload }: EventEnvelope): void {
    switch (name) {
      case "delivery.received":
        // What comes with a file did not arrive.
        if (payload.source !== "imported") shown.ifWanted(payload.id, () => tellOfDelivery(payload));
        break;
      case "delivery.updated":
        shown.ifWanted(payload.id, () => tellOfCheck(payload));
        break;
      case "attempt.updated":
        shown.ifWanted(payload.deliveryId, () => tell({ kind: "answer", attempt: payload }));
        break;
      case "run.progressed":
        if (payload.run.state === "done" || payload.run.state === "cancelled") tell({ kind: "run", run: payload.run });
        break;
      case "tunnel.changed":
        tellOfTunnel(payload);
        break;
      case "registration.changed":
        tell({ kind: "registration", registration: payload });
        break;
      case "targets.changed":
        tellOfTargets(payload.targets);
        break;
      case "problem.raised":
        tell({ kind: "problem", problem: payload });
        break;
      case "reset":
        // Ids begin anew after an erasure.
        shown.forget();
        checks.clear();
        break;
    }
  }

  const past = events.since(0) ?? [];
  const stop = events.subscribe(follow);
  for (const event of past) follow(event);
  return {
    get lastId() {
      return lastId;
    },
    settled: shown.settled,
    [Symbol.dispose]: stop,
  };
}
