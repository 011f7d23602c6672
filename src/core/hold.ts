import { type HeldDelivery, type HoldRule, type HoldState, MAX_HELD } from "#shared/domain/hold.ts";
import { AppError } from "#shared/errors.ts";
import type { Log } from "./lib/log.ts";

export interface HoldDeps {
  /** Whether the search finds this stored delivery. */
  matches(id: string, query: string): Promise<boolean>;
  publish(state: HoldState): void;
  /** False where it was deleted. */
  isThere(id: string): Promise<boolean>;
  /** Epoch milliseconds. */
  now(): number;
  readonly log: Log;
}

/** A breakpoint: deliveries that match wait before they are forwarded. Kept in memory only. */
export interface Hold {
  readonly state: HoldState;
  /**
   * Whether a delivery that is stored is held: true, and it has to be released before it goes on. At once where nothing is
   * to be looked up; otherwise in the order of the calls.
   */
  takes(id: string): false | Promise<boolean>;
  set(rule: HoldRule): HoldState;
  /** Holds no further ones. */
  clear(): HoldState;
  /**
   * Lets go of a held delivery and does `work` with it; where that fails, it is held again. Throws AppError
   * `input.invalid` where it is not held, or what `work` throws.
   */
  release<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** Deliveries were deleted: those of them that are held are not any more. */
  forgetDeleted(): Promise<void>;
}

export function createHold({ matches, publish, isThere, now, log }: HoldDeps): Hold {
  let rule: HoldRule | null = null;
  let held: readonly HeldDelivery[] = [];
  /** One is looked up after the other, so that they go on in the order of arrival. */
  let looking: Promise<unknown> = Promise.resolve();
  let underWay = 0;

  const toState = (): HoldState => ({ rule, held: [...held] });

  function change(part: { rule?: HoldRule | null; held?: readonly HeldDelivery[] }): HoldState {
    if (part.rule !== undefined) rule = part.rule;
    if (part.held !== undefined) held = part.held;
    const state = toState();
    publish(state);
    return state;
  }

  async function isToHold(id: string): Promise<boolean> {
    const asked = rule;
    if (asked === null || held.length >= MAX_HELD) return false;
    try {
      // A rule that is another one by now is not asked: it is for what comes from now on.
      return (await matches(id, asked.query)) && rule === asked;
    } catch (error) {
      log.error("hold.not_matched", error);
      return false;
    }
  }

  async function decide(id: string): Promise<boolean> {
    if (!(await isToHold(id))) return false;
    const left = rule?.next === null || rule === null ? null : rule.next - 1;
    change({
      held: [...held, { deliveryId: id, since: new Date(now()).toISOString() }],
      ...(rule !== null && left !== null && { rule: left === 0 ? null : { ...rule, next: left } }),
    });
    return true;
  }

  return {
    get state() {
      return toState();
    },
    takes(id) {
      if (rule === null && underWay === 0) return false;
      underWay += 1;
      const deciding = looking.then(() => decide(id));
      looking = deciding.finally(() => {
        underWay -= 1;
      });
      return deciding;
    },
    set: (next) => change({ rule: next }),
    clear: () => (rule === null ? toState() : change({ rule: null })),
    async release(id, work) {
      const found = held.find(({ deliveryId }) => deliveryId === id);
      if (found === undefined) throw new AppError("input.invalid", `${id} is not held (any more).`);
      change({ held: held.filter((other) => other !== found) });
      try {
        return await work();
      } catch (error) {
        change({ held: [...held, found].sort((a, b) => a.since.localeCompare(b.since)) });
        throw error;
      }
    },
    async forgetDeleted() {
      const ids = held.map(({ deliveryId }) => deliveryId);
      const areThere = await Promise.all(ids.map(isThere));
      const gone = new Set(ids.filter((_, index) => !areThere[index]));
      if (gone.size > 0) change({ held: held.filter(({ deliveryId }) => !gone.has(deliveryId)) });
    },
  };
}
