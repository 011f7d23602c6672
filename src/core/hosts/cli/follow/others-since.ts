import type { Caller } from "#shared/contract/types.ts";
import { type DeliverySummary, deliveryNumber } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";

/** What arrived instead of what was waited for. */
export interface Others {
  readonly count: number;
  /** Oldest first. */
  readonly last: readonly DeliverySummary[];
}

/** Of what came instead. */
const SHOWN = 5;
/** The largest page of a list. */
const MAX_PAGE = 500;

/** All that arrived after the delivery with this number, but what was found; null where the engine does not answer. */
export async function othersSince(
  engine: Caller<"deliveries.list">,
  before: number,
  found: ReadonlySet<string>,
): Promise<Others | null> {
  try {
    const { items, newer } = await engine.call("deliveries.list", { after: `d${before}`, limit: 1 });
    const newest = await engine.call("deliveries.list", { limit: Math.min(MAX_PAGE, found.size + SHOWN) });
    const isOther = ({ id }: DeliverySummary) => deliveryNumber(id) > before && !found.has(id);
    const expected = [...found].filter((id) => deliveryNumber(id) > before).length;
    const last = newest.items.filter(isOther).slice(0, SHOWN).reverse();
    return { count: items.length + newer - expected, last };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
