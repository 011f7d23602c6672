import type { DeliverySummary } from "#shared/domain/delivery.ts";

/**
 * Deliveries that repeat one another, folded: each id that has a row of its own, with its repeats in the order they came.
 * The row is the first one's and stays where it is, so that a repeat moves nothing. Where the first is not among
 * `items` (it is on a page to come, or does not match the filter), the oldest that is takes its part.
 */
export function foldRepeats(items: readonly DeliverySummary[]): ReadonlyMap<string, readonly DeliverySummary[]> {
  const folds = new Map<string, DeliverySummary[]>();
  const headOf = new Map<string, string>();
  for (let index = items.length - 1; index >= 0; index--) {
    const delivery = items[index];
    if (delivery === undefined) continue;
    const first = delivery.duplicateOf ?? delivery.id;
    const head = headOf.get(first);
    if (head === undefined) {
      headOf.set(first, delivery.id);
      folds.set(delivery.id, []);
    } else {
      folds.get(head)?.push(delivery);
    }
  }
  return folds;
}
