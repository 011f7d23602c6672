import { JSON_KIND, type JsonIndex } from "#shared/json/json-columns.ts";
import { type Expansion, isOpen } from "./tree-rows.ts";

/** What a key does in a tree: moves to a row, or opens or closes values. */
export type TreeMove =
  | { readonly kind: "go"; readonly row: number }
  | { readonly kind: "open" | "close"; readonly values: readonly number[] };

const PAGE_ROWS = 15;
/** What `*` opens at once. */
const MAX_SIBLINGS = 10_000;

export interface TreePlace {
  readonly index: JsonIndex;
  readonly rows: Uint32Array;
  readonly expansion: Expansion;
  /** The active row. */
  readonly row: number;
}

/**
 * The keys of a tree as screen readers know them (https://www.w3.org/WAI/ARIA/apg/patterns/treeview/): arrows, Home,
 * End, Enter, Space and `*`; Page Up and Page Down besides. Null for every other key.
 */
export function treeMove(key: string, place: TreePlace): TreeMove | null {
  const { rows, row } = place;
  const last = rows.length - 1;
  const go = (to: number): TreeMove => ({ kind: "go", row: Math.min(Math.max(0, to), last) });
  switch (key) {
    case "ArrowDown":
      return go(row + 1);
    case "ArrowUp":
      return go(row - 1);
    case "PageDown":
      return go(row + PAGE_ROWS);
    case "PageUp":
      return go(row - PAGE_ROWS);
    case "Home":
      return go(0);
    case "End":
      return go(last);
    case "ArrowRight":
      return right(place, go);
    case "ArrowLeft":
      return left(place, go);
    case "Enter":
    case " ":
      return toggle(place);
    case "*":
      return { kind: "open", values: siblings(place) };
    default:
      return null;
  }
}

function right(place: TreePlace, go: (row: number) => TreeMove): TreeMove {
  const value = activeValue(place);
  if (!isContainer(place.index, value)) return go(place.row);
  return isOpen(place.expansion, value) ? go(place.row + 1) : { kind: "open", values: [value] };
}

function left(place: TreePlace, go: (row: number) => TreeMove): TreeMove {
  const { index, rows, row, expansion } = place;
  const value = activeValue(place);
  if (isContainer(index, value) && isOpen(expansion, value)) return { kind: "close", values: [value] };
  const parent = index.parents[value] ?? 0;
  let at = row;
  while (at > 0 && rows[at] !== parent) at -= 1;
  return go(at);
}

function toggle(place: TreePlace): TreeMove | null {
  const value = activeValue(place);
  if (!isContainer(place.index, value)) return null;
  return { kind: isOpen(place.expansion, value) ? "close" : "open", values: [value] };
}

/** The containers beside the active value. */
function siblings(place: TreePlace): number[] {
  const { index } = place;
  const value = activeValue(place);
  if (value === 0) return [0];
  const parent = index.parents[value] ?? 0;
  const found: number[] = [];
  const end = index.afters[parent] ?? 0;
  for (let at = parent + 1; at < end && found.length < MAX_SIBLINGS; at = index.afters[at] ?? end) {
    if (isContainer(index, at)) found.push(at);
  }
  return found;
}

function activeValue({ rows, row }: TreePlace): number {
  return rows[row] ?? 0;
}

/** What can be opened: an object or a list that is not empty. */
export function isContainer(index: JsonIndex, value: number): boolean {
  return (index.kinds[value] ?? 0) <= JSON_KIND.array && (index.childCounts[value] ?? 0) > 0;
}
