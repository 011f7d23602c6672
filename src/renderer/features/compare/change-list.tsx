import clsx from "clsx";
import { EyeOff } from "lucide-react";
import { memo, useEffect, useState } from "react";
import type { Change } from "#shared/json/change.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { formatPlural } from "../../theme/format.ts";
import { IconButton } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import type { IgnoreReason } from "./change.ts";
import type { ChangeLists, ListedChange } from "./compare-sides.ts";
import { ignorePath } from "./ignore-choice.tsx";

/** Changes by path, those that count first; the ignored ones are one step away. */
export function ChangeList({ changes, label }: { changes: ChangeLists; label: string }) {
  const { counted, ignored, countedCount, ignoredCount } = changes;
  return (
    <div className="grid gap-1.5">
      {counted.length > 0 && <Rows changes={counted} count={countedCount} label={label} />}
      {ignored.length > 0 && (
        <details>
          <summary className="min-h-6 text-t3">{formatPlural(ignoredCount, "ignored change")}</summary>
          <Rows changes={ignored} count={ignoredCount} label={`${label}, ignored`} />
        </details>
      )}
    </div>
  );
}

function Rows({ changes, count, label }: { changes: readonly ListedChange[]; count: number; label: string }) {
  const drawn = useDrawnCount(changes.length);
  return (
    <>
      <ul aria-label={label} className="overflow-hidden rounded-md border border-line bg-s0 font-mono text-code">
        {changes.slice(0, drawn).map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paths are no keys, {"a.b":1,"a":{"b":1}} has two alike.
          <Row key={index} change={change} />
        ))}
      </ul>
      {count > changes.length && (
        <p className="text-t3">{formatPlural(count - changes.length, "more change")}: see the text below.</p>
      )}
    </>
  );
}

const ROWS_A_FRAME = 25;

/** How many rows are drawn by now: some at once and more with every frame, as to lay out all takes longer than it may. */
function useDrawnCount(count: number): number {
  const [drawn, setDrawn] = useState(ROWS_A_FRAME);
  useEffect(() => {
    if (drawn >= count) return;
    const frame = requestAnimationFrame(() => setDrawn(drawn + ROWS_A_FRAME));
    return () => cancelAnimationFrame(frame);
  }, [drawn, count]);
  return drawn;
}

const KIND_WORDS = {
  added: "Added",
  removed: "Removed",
  changed: "Changed",
  rewritten: "Changed",
  reordered: "Changed",
} as const;
const KIND_SIGNS = { added: "+", removed: "−", changed: "~", rewritten: "~", reordered: "~" } as const;
/** Said in so many words, because what stands beside each other looks like a change of the value, or like none. */
const KIND_NOTES: Partial<Record<Change["kind"], string>> = {
  rewritten: "same value, written differently",
  reordered: "keys in another order",
};
const REASON_WORDS: Readonly<Record<IgnoreReason, string>> = {
  id: "an id",
  time: "a time",
  path: "ignored by its path",
};

const Row = memo(function Row({ change }: { change: ListedChange }) {
  const { kind, path, before, after, ignoredAs } = change;
  return (
    <li className="relative grid items-start gap-x-3 gap-y-0.5 border-b border-line/55 px-2.5 py-1.5 last:border-0 sm:grid-cols-[minmax(0,15rem)_minmax(0,1fr)_minmax(0,1fr)_auto]">
      <span className="min-w-0 pt-0.5 text-t1 max-sm:pr-7 wrap-anywhere">
        <span aria-hidden="true" className="mr-1.5 inline-block w-[1ch] text-t3">
          {KIND_SIGNS[kind]}
        </span>
        <span className="sr-only">{KIND_WORDS[kind]}: </span>
        {path === "" ? "the whole" : <SafeText text={path} />}
        {KIND_NOTES[kind] !== undefined && (
          <span className="ml-2 font-sans text-small text-t3">{KIND_NOTES[kind]}</span>
        )}
        {ignoredAs !== null && <span className="ml-2 font-sans text-small text-t3">{REASON_WORDS[ignoredAs]}</span>}
      </span>
      <Value sign="−" word="before" text={before} className="bg-bad-s" />
      <Value sign="+" word="after" text={after} className="bg-ok-s" />
      {ignoredAs === null && path !== "" ? <IgnoreButton path={path} /> : <span className="size-6 max-sm:hidden" />}
    </li>
  );
});

function Value(props: { sign: string; word: string; text: string | null; className: string }) {
  if (props.text === null) return <span className="max-sm:hidden" />;
  return (
    <span className="flex min-w-0 gap-1.5">
      <span aria-hidden="true" className="pt-0.5 text-t3">
        {props.sign}
      </span>
      <span className="sr-only">{props.word}: </span>
      <span className={clsx("min-w-0 rounded-sm px-1 py-0.5 text-t1 wrap-anywhere", props.className)}>
        <SafeText text={props.text} />
      </span>
    </span>
  );
}

function IgnoreButton({ path }: { path: string }) {
  const app = useApp();
  const rules = useAppState(({ view }) => view.ignoreRules);
  return (
    <IconButton
      label={`Ignore ${path}`}
      className="max-sm:absolute max-sm:top-1 max-sm:right-1"
      onClick={() => setView(app.store, { ignoreRules: ignorePath(rules, path) })}
    >
      <EyeOff aria-hidden="true" size={14} />
    </IconButton>
  );
}
