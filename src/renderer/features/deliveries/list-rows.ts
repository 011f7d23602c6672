import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";

export type ListRow =
  | { readonly kind: "delivery"; readonly id: string; readonly delivery: DeliverySummary }
  | { readonly kind: "gap"; readonly id: string; readonly gap: Gap };

/**
 * Deliveries and gaps in one order, newest first. There can be a hundred thousand deliveries and a few gaps, and both
 * change while one looks: so nothing is copied, only the places of the gaps are kept.
 */
export interface ListRows {
  readonly items: readonly DeliverySummary[];
  /** By `index`, the row that the gap has among all. */
  readonly places: readonly { readonly gap: Gap; readonly index: number }[];
  readonly count: number;
}

/** A gap is as high as this many deliveries: it has more to say. */
export const GAP_UNITS = 2;

/**
 * Puts each gap below the deliveries that came since it began, where it stays when it ends. Until all deliveries are
 * loaded, the place of a gap that is older than the loaded ones is not known, and it is left out.
 */
export function mergeRows(items: readonly DeliverySummary[], isWhole: boolean, gaps: readonly Gap[]): ListRows {
  const oldest = items.at(-1)?.receivedAt;
  const shown = isWhole || oldest === undefined ? gaps : gaps.filter(({ from }) => from >= oldest);
  const places = shown.map((gap, nth) => ({ gap, index: countSince(items, gap.from) + nth }));
  return { items, places, count: items.length + places.length };
}

export function rowAt({ items, places }: ListRows, index: number): ListRow | undefined {
  const gapsAbove = countBefore(places.length, (nth) => (places[nth]?.index ?? 0) < index);
  const place = places[gapsAbove];
  if (place?.index === index) return { kind: "gap", id: place.gap.id, gap: place.gap };
  const delivery = items[index - gapsAbove];
  return delivery && { kind: "delivery", id: delivery.id, delivery };
}

/** The row of the delivery that stands at `itemIndex` among the deliveries alone. */
export function rowOfDelivery({ places }: ListRows, itemIndex: number): number {
  return itemIndex + countBefore(places.length, (nth) => (places[nth]?.index ?? 0) - nth <= itemIndex);
}

/** The row with this id; -1 where there is none any more. */
export function rowOfId(rows: ListRows, id: string): number {
  const place = rows.places.find(({ gap }) => gap.id === id);
  if (place !== undefined) return place.index;
  const itemIndex = rows.items.findIndex((delivery) => delivery.id === id);
  return itemIndex === -1 ? -1 : rowOfDelivery(rows, itemIndex);
}

/** How far down a row begins, in heights of a delivery's row. */
export function unitsAbove({ places }: ListRows, index: number): number {
  return index + countBefore(places.length, (nth) => (places[nth]?.index ?? 0) < index) * (GAP_UNITS - 1);
}

/** Both times are ISO 8601 in UTC with milliseconds, which compare as texts. */
function countSince(items: readonly DeliverySummary[], from: string): number {
  return countBefore(items.length, (index) => {
    // An imported delivery stands where it was imported, whatever time it tells of: the one below it is asked.
    let asked = index;
    while (items[asked]?.source === "imported") asked += 1;
    return (items[asked]?.receivedAt ?? "") >= from;
  });
}

/** How many of the first ones, of `length`, are so: all that are come before all that are not. */
function countBefore(length: number, isSo: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
