import type { Caller, CommandOutput } from "#shared/contract/types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";

const PAGE = 500;

/** What a search finds, newest first; `isMore` where more fits than was asked for. */
export interface FoundDeliveries {
  readonly deliveries: readonly DeliverySummary[];
  readonly isMore: boolean;
}

/** The newest `limit` that a search finds; all without one. Throws the AppErrors of `deliveries.list`. */
export async function findDeliveries(
  engine: Caller<"deliveries.list">,
  query: string,
  limit = Number.POSITIVE_INFINITY,
): Promise<FoundDeliveries> {
  const deliveries: DeliverySummary[] = [];
  let before: string | null = null;
  do {
    const page: CommandOutput<"deliveries.list"> = await engine.call("deliveries.list", {
      query,
      before,
      limit: Math.min(limit - deliveries.length, PAGE),
    });
    deliveries.push(...page.items);
    before = page.before;
  } while (before !== null && deliveries.length < limit);
  return { deliveries, isMore: before !== null };
}
