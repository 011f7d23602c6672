import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { JsonIndex } from "#shared/json/json-columns.ts";
import { useApp } from "../../../app-context.ts";
import { formatCount } from "../../../theme/format.ts";
import { Button } from "../../../ui/button.tsx";
import type { BodyReader } from "./body-reader.ts";
import { explainValue, readShape } from "./explain-value.ts";
import { JsonTree } from "./json-tree.tsx";
import {
  ancestorsOf,
  type Expansion,
  filterExpansion,
  nearestRow,
  setOpen,
  startExpansion,
  type TreeFilter,
  treeRows,
} from "./tree-rows.ts";
import { ValueBar } from "./value-bar.tsx";
import { valueText } from "./value-words.ts";

/** The tree with what is said of its active value; `filter` narrows it to what was looked for. */
export function JsonTreeView(props: {
  bytes: Uint8Array;
  index: JsonIndex;
  type: string | null;
  filter: TreeFilter | null;
  reader: BodyReader;
}) {
  const { bytes, index, type, filter, reader } = props;
  const app = useApp();
  const [expansion, setExpansion] = useState<Expansion>(() => startExpansion(index));
  const [active, setActive] = useState(0);
  const [filtered, setFiltered] = useState<Expansion | null>(null);
  useEffect(() => setFiltered(filter === null ? null : filterExpansion(filter)), [filter]);
  const wasFiltered = useRef(false);
  useEffect(() => {
    // What was found stays in sight when the filter goes.
    if (wasFiltered.current && filter === null) setExpansion((old) => setOpen(old, ancestorsOf(index, active), true));
    wasFiltered.current = filter !== null;
  }, [filter, index, active]);
  const shown = filter === null ? expansion : (filtered ?? filterExpansion(filter));
  const rows = useMemo(() => treeRows(index, shown, filter), [index, shown, filter]);
  const shape = useMemo(() => readShape(bytes), [bytes]);
  const explain = useCallback(
    (value: number) => explainValue(bytes, index, value, { type, shape }),
    [bytes, index, type, shape],
  );
  const current = rows[nearestRow(index, rows, active)] ?? 0;
  const copy = (value: number): void =>
    app.attempt(async () => {
      await app.shell.copyText(valueText(bytes, index, value));
      app.toast("Value copied.");
    });
  const setBoth = filter === null ? setExpansion : setFiltered;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => setBoth({ base: "all", except: new Set() })}>Expand all</Button>
        <Button onClick={() => setBoth({ base: "none", except: new Set([0]) })}>Collapse all</Button>
        {index.hasMore && <span className="text-t3">The tree holds the first {formatCount(index.count)} values.</span>}
      </div>
      {rows.length === 0 ? (
        <p className="text-t3">No key or value has this text.</p>
      ) : (
        <>
          <JsonTree
            bytes={bytes}
            index={index}
            rows={rows}
            matches={filter?.matches ?? null}
            expansion={shown}
            onExpansion={setBoth}
            active={current}
            onActive={setActive}
            explain={explain}
            onCopy={copy}
          />
          <ValueBar
            bytes={bytes}
            index={index}
            reader={reader}
            value={current}
            explanation={explain(current)}
            onCopy={copy}
          />
        </>
      )}
    </div>
  );
}
