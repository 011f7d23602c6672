import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { DeliveryList } from "./app-state.ts";
import { foldRepeats } from "./fold-repeats.ts";

export interface DeliveryListRow {
  readonly kind: "delivery";
  readonly id: string;
  readonly delivery: DeliverySummary;
  /** What `openFolds` knows its fold by: the first delivery's id, loaded or not. */
  readonly foldId: string;
  /** Which one of its fold it is; the first one's row is that of the fold. */
  readonly nth: number;
  readonly repeats: readonly DeliverySummary[];
  readonly isOpen: boolean;
}

export type ListRow = DeliveryListRow | { readonly kind: "gap"; readonly id: string; readonly gap: Gap };

const NONE: readonly DeliverySummary[] = [];
/** What is drawn from them is drawn again only for another object: a page more changes no row that is there. */
const rowsAlone = new WeakMap<DeliverySummary, DeliveryListRow>();

/**
 * The rows of the window, newest first: repeats folded into the delivery they repeat, and each gap below the deliveries
 * that came since it began. A gap whose place is above or below the window is left out. The fold that the selected
 * delivery is in is open, so that what is selected is never hidden.
 */
export function toListRows(
  { items, newer, before }: Pick<DeliveryList, "items" | "newer" | "before">,
  gaps: readonly Gap[],
  openFolds: ReadonlySet<string>,
  selectedId: string | null,
): readonly ListRow[] {
  const folds = foldRepeats(items);
  const rows: ListRow[] = [];
  let nextGap = 0;
  let isGapAbove = newer > 0;

  const addGaps = (since: string): void => {
    for (let gap = gaps[nextGap]; gap !== undefined && gap.from > since; gap = gaps[nextGap]) {
      if (!isGapAbove) rows.push({ kind: "gap", id: gap.id, gap });
      nextGap += 1;
    }
    isGapAbove = false;
  };

  for (const delivery of items) {
    const repeats = folds.get(delivery.id);
    if (repeats === undefined) continue;
    // An imported delivery stands where it was imported, whatever time it tells of. Times are ISO 8601 in UTC with
    // milliseconds, which compare as texts.
    if (delivery.source !== "imported") addGaps(delivery.receivedAt);
    if (repeats.length === 0) {
      rows.push(rowAlone(delivery));
      continue;
    }
    const foldId = foldOf(delivery);
    const isOpen = openFolds.has(foldId) || repeats.some(({ id }) => id === selectedId);
    rows.push({ kind: "delivery", id: delivery.id, delivery, foldId, nth: 1, repeats, isOpen });
    if (!isOpen) continue;
    for (const [index, repeat] of repeats.entries()) {
      const nth = index + 2;
      rows.push({ kind: "delivery", id: repeat.id, delivery: repeat, foldId, nth, repeats: NONE, isOpen });
    }
  }
  if (before === null && (newer === 0 || items.length > 0)) addGaps("");
  return rows;
}

function rowAlone(delivery: DeliverySummary): DeliveryListRow {
  const known = rowsAlone.get(delivery);
  if (known !== undefined) return known;
  const { id } = delivery;
  const row = {
    kind: "delivery",
    id,
    delivery,
    foldId: foldOf(delivery),
    nth: 1,
    repeats: NONE,
    isOpen: false,
  } as const;
  rowsAlone.set(delivery, row);
  return row;
}

function foldOf({ id, duplicateOf }: DeliverySummary): string {
  return duplicateOf ?? id;
}
