import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import { type KeyboardEvent, useId, useMemo, useRef } from "react";
import type { JsonIndex } from "#shared/json/json-columns.ts";
import { remToPx } from "../../../ui/rem-to-px.ts";
import { SafeText } from "../../../ui/safe-text.tsx";
import type { Explanation } from "./explain-value.ts";
import type { PieceKind } from "./pieces.ts";
import { isContainer, treeMove } from "./tree-keys.ts";
import { createRepeats, type Expansion, isOpen, nameOf, nearestRow, setOpen } from "./tree-rows.ts";
import { useRowWindow } from "./use-row-window.ts";
import { valueWords } from "./value-words.ts";
import { rowNumbers } from "./window-of.ts";

/** Up to here every row exists, as high as its text makes it. */
const MAX_PLAIN_ROWS = 150;
const ROW_REM = 1.5;
/** Deeper rows stand where this one does; their depth is said instead. */
const MAX_INDENT = 24;

const COLOURS: Readonly<Record<PieceKind, string>> = {
  key: "text-accent",
  string: "text-ok",
  literal: "text-warn",
  plain: "text-t3",
};

export interface JsonTreeProps {
  readonly bytes: Uint8Array;
  readonly index: JsonIndex;
  /** The values to show, in order. */
  readonly rows: Uint32Array;
  readonly matches: ReadonlySet<number> | null;
  readonly expansion: Expansion;
  readonly onExpansion: (expansion: Expansion) => void;
  readonly active: number;
  readonly onActive: (value: number) => void;
  readonly explain: (value: number) => Explanation | undefined;
  readonly onCopy: (value: number) => void;
}

/** A JSON text as a tree (https://www.w3.org/WAI/ARIA/apg/patterns/treeview/); of many rows, those in sight exist. */
export function JsonTree(props: JsonTreeProps) {
  const { bytes, index, rows, expansion, onExpansion, active, onActive, onCopy } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const isWindowed = rows.length > MAX_PLAIN_ROWS;
  const { rows: inSight, reveal } = useRowWindow(scroller, rows.length, remToPx(ROW_REM));
  const isRepeated = useMemo(() => createRepeats(bytes, index), [bytes, index]);
  const activeRow = nearestRow(index, rows, active);
  const drawn = isWindowed ? rowNumbers(inSight) : rowNumbers({ first: 0, end: rows.length });

  const go = (row: number): void => {
    onActive(rows[row] ?? 0);
    if (isWindowed) reveal(row);
    else document.getElementById(`${id}-${rows[row]}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      // A selection of the user's goes before the active value.
      if (event.key !== "c" || !(window.getSelection()?.isCollapsed ?? true)) return;
      event.preventDefault();
      onCopy(rows[activeRow] ?? 0);
      return;
    }
    const move = treeMove(event.key, { index, rows, expansion, row: activeRow });
    if (move === null) return;
    event.preventDefault();
    if (move.kind === "go") go(move.row);
    else onExpansion(setOpen(expansion, move.values, move.kind === "open"));
  };

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Payload"
      tabIndex={0}
      aria-activedescendant={rows.length > 0 ? `${id}-${rows[activeRow]}` : undefined}
      onKeyDown={onKeyDown}
      className={clsx(
        "group/tree overflow-x-hidden overflow-y-auto rounded-md border border-line bg-s0 outline-offset-[-2px]",
        isWindowed ? "h-[55vh] min-h-40" : "max-h-[65vh] py-1.5",
      )}
    >
      <div role="none" className="relative" style={isWindowed ? { height: inSight.heightPx } : undefined}>
        <div
          role="none"
          className={clsx(isWindowed && "absolute inset-x-0 top-0")}
          style={isWindowed ? { transform: `translateY(${inSight.topPx}px)` } : undefined}
        >
          {drawn.map((row) => (
            <TreeRow
              key={rows[row]}
              {...props}
              id={`${id}-${rows[row]}`}
              value={rows[row] ?? 0}
              isActive={row === activeRow}
              isOneHigh={isWindowed}
              isRepeated={isRepeated}
              onClick={() => onActive(rows[row] ?? 0)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function TreeRow(
  props: JsonTreeProps & {
    id: string;
    value: number;
    isActive: boolean;
    isOneHigh: boolean;
    isRepeated: (value: number) => boolean;
    onClick: () => void;
  },
) {
  const { bytes, index, value, expansion, onExpansion, matches, isActive, isOneHigh } = props;
  const canOpen = isContainer(index, value);
  const open = canOpen && isOpen(expansion, value);
  const depth = index.depths[value] ?? 0;
  const parent = index.parents[value] ?? 0;
  const isRepeated = props.isRepeated(value);
  const words = valueWords(bytes, index, value);
  const explanation = props.explain(value);
  const toggle = (): void => onExpansion(setOpen(expansion, [value], !open));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys, for whichever row is active
    <div
      id={props.id}
      role="treeitem"
      tabIndex={-1}
      aria-level={depth + 1}
      aria-posinset={(index.positions[value] ?? 0) + 1}
      aria-setsize={value === 0 ? 1 : index.childCounts[parent]}
      aria-expanded={canOpen ? open : undefined}
      aria-selected={isActive}
      onClick={props.onClick}
      onDoubleClick={canOpen ? toggle : undefined}
      className={clsx(
        "flex cursor-default items-start border border-transparent pr-3 font-mono text-code leading-[1.5rem]",
        isOneHigh && "h-6 overflow-hidden",
        isActive ? "bg-sel group-focus-visible/tree:border-accent" : "hover:bg-s2",
      )}
      style={{ paddingLeft: `${Math.min(depth, MAX_INDENT) * 0.875 + 0.25}rem` }}
    >
      <span
        aria-hidden="true"
        className="grid size-6 flex-none place-items-center text-t3"
        onClick={canOpen ? toggle : undefined}
      >
        {canOpen && <ChevronRight size={14} className={clsx("transition-transform", open && "rotate-90")} />}
      </span>
      <span className={clsx("min-w-0", isOneHigh ? "truncate" : "wrap-anywhere")}>
        {depth > MAX_INDENT && <span className="text-t3">depth {depth} · </span>}
        {value !== 0 && (
          <>
            <span className={clsx("text-accent", matches?.has(value) && "rounded-xs bg-warn-s")}>
              <SafeText text={nameOf(bytes, index, value)} dir="ltr" />
            </span>
            <span className="text-t3">: </span>
          </>
        )}
        <span className={clsx(COLOURS[words.kind], matches?.has(value) && "rounded-xs bg-warn-s")}>
          <SafeText text={words.text} dir="ltr" />
        </span>
        {isRepeated && <Remark>repeated key</Remark>}
        {explanation?.isDeviation && <Remark>{explanation.hint}</Remark>}
      </span>
      {explanation !== undefined && !explanation.isDeviation && (
        <span className="ml-4 min-w-0 flex-1 basis-24 truncate font-sans text-small leading-[1.5rem] text-t3 max-sm:hidden">
          {explanation.hint}
        </span>
      )}
    </div>
  );
}

function Remark({ children }: { children: string }) {
  return (
    <span className="ml-3 rounded-sm bg-warn-s px-1 font-sans text-small text-warn">
      <SafeText text={children} />
    </span>
  );
}
