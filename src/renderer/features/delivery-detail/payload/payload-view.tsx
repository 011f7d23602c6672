import { useMemo, useState } from "react";
import type { DeliveryDetail } from "#shared/domain/delivery.ts";
import { useAppState } from "../../../app-context.ts";
import { JsonTreeView } from "./json-tree-view.tsx";
import { PayloadToolbar } from "./payload-toolbar.tsx";
import { payloadWords } from "./payload-words.ts";
import { NO_MARKS } from "./pieces.ts";
import { exactSource, formattedSource, hexSource, type RowSource } from "./row-source.ts";
import { canWrap, TextView } from "./text-view.tsx";
import { toFilter } from "./tree-rows.ts";
import { type ReaderState, useFindings } from "./use-body-reader.ts";

type Ready = Extract<ReaderState, { kind: "ready" }>;

/** A body that was read, in the form that the user chose; where it has no such form, in the one it has. */
export function PayloadView({ delivery, ready }: { delivery: DeliveryDetail; ready: Ready }) {
  const { bytes, reading, reader } = ready;
  const view = useAppState((state) => state.view.payload);
  const [query, setQuery] = useState("");
  const [hit, setHit] = useState(0);
  const findings = useFindings(reader, query);
  const json = reading.kind === "text" ? reading.json : null;
  const formatted = reading.kind === "text" ? reading.formatted : null;
  const shown =
    reading.kind === "binary"
      ? "hex"
      : view.form === "tree" && json !== null
        ? "tree"
        : view.isFormatted && formatted !== null
          ? "formatted"
          : "exact";

  const source = useMemo<RowSource | null>(() => {
    const marks = findings ?? NO_MARKS;
    if (reading.kind === "binary") return hexSource(bytes);
    if (shown === "tree") return null;
    if (shown === "formatted" && json !== null && formatted !== null) {
      return formattedSource(bytes, json.index, formatted, marks);
    }
    return exactSource(bytes, reading.rows, json?.index ?? null, marks);
  }, [bytes, reading, shown, json, formatted, findings]);

  const filter = useMemo(
    () => (findings === null || json === null ? null : toFilter(json.index, findings)),
    [findings, json],
  );
  const hits = findings?.offsets.length ?? 0;
  const currentRow = source !== null && hits > 0 ? source.rowOf(findings?.offsets[hit % hits] ?? 0) : null;
  const step = (by: number): void => setHit((old) => (hits === 0 ? 0 : (old + by + hits) % hits));
  return (
    <>
      <PayloadToolbar
        shown={shown}
        can={{ tree: json !== null, format: formatted !== null, wrap: source === null || canWrap(source) }}
        search={{
          query,
          onQuery(text) {
            setQuery(text);
            setHit(0);
          },
          found: findings === null ? null : shown === "tree" ? (filter?.matches.size ?? 0) : hits,
          hasMore: findings?.hasMore ?? false,
          hit,
          onStep: step,
        }}
      />
      <p className="text-t3">{payloadWords(reading, shown)}</p>
      {shown === "tree" && json !== null && (
        <JsonTreeView bytes={bytes} index={json.index} type={delivery.type} filter={filter} reader={reader} />
      )}
      {source !== null && (
        <TextView
          source={source}
          label="Payload"
          wraps={view.wraps && shown !== "hex" && canWrap(source)}
          currentRow={currentRow}
        />
      )}
      {json?.index.hasMore && shown === "formatted" && (
        <p className="text-small text-t3">The formatted text ends after a million values; the exact text is whole.</p>
      )}
    </>
  );
}
