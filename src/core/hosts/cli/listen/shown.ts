import type { Log } from "../../../lib/log.ts";

export interface ShownDeps {
  readonly isWanted: ((deliveryId: string) => Promise<boolean>) | null;
  readonly log: Log;
}

/** Which deliveries are told of. One is asked about after the other, so that they are told of in the order of arrival. */
export interface Shown {
  /** Does `work` where the delivery is wanted: at once where all are. */
  ifWanted(deliveryId: string, work: () => void): void;
  settled(): Promise<void>;
  forget(): void;
}

/** Answers come soon after their deliveries; of older ones it is asked again. */
const MAX_DECIDED = 1_000;

export function createShown({ isWanted, log }: ShownDeps): Shown {
  const decided = new Map<string, boolean>();
  let queue: Promise<void> = Promise.resolve();

  async function decide(id: string, ask: (id: string) => Promise<boolean>): Promise<boolean> {
    const known = decided.get(id);
    if (known !== undefined) return known;
    const is = await ask(id);
    decided.set(id, is);
    const [oldest] = decided.keys();
    if (decided.size > MAX_DECIDED && oldest !== undefined) decided.delete(oldest);
    return is;
  }

  return {
    ifWanted(id, work) {
      if (isWanted === null) {
        work();
        return;
      }
      queue = queue
        .then(async () => {
          if (await decide(id, isWanted)) work();
        })
        .catch((error: unknown) => log.error("listen.not_matched", error));
    },
    settled: () => queue,
    forget: () => decided.clear(),
  };
}
