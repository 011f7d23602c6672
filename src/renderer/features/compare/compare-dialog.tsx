import { ArrowLeftRight } from "lucide-react";
import { type ReactNode, Suspense, useMemo, useState } from "react";
import { useApp, useAppState } from "../../app-context.ts";
import { lazyPart } from "../../lazy-part.tsx";
import type { ComparedPair } from "../../state/app-state.ts";
import type { ComparedRef } from "../../state/compared-side.ts";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Modal } from "../../ui/modal.tsx";
import { Notice } from "../../ui/notice.tsx";
import { formatJson } from "../delivery-detail/payload-text.ts";
import { ChangeList } from "./change-list.tsx";
import { type BodyResult, type Comparison, compareSides } from "./compare-sides.ts";
import { summaryWords } from "./compare-words.ts";
import { IgnoreChoice } from "./ignore-choice.tsx";
import { SideHeading } from "./side-heading.tsx";

const TextDiff = lazyPart(async () => (await import("./text-diff.tsx")).TextDiff, { isAhead: false });

/** Two deliveries, or two answers, beside each other: what changed by path first, the texts below. */
export function CompareDialog(props: { before: ComparedRef; after: ComparedRef; onClose: () => void }) {
  const compared = useAppState((state) => state.compared);
  return (
    <Modal title="Compare" isWide onClose={props.onClose}>
      {compared.kind === "ready" && <Pair pair={compared.value} {...props} />}
      {compared.kind === "loading" && (
        <p role="status" className="appear-late text-t3">
          Loading both sides
        </p>
      )}
      {compared.kind === "failed" && (
        <Notice tone="bad">
          <b>These two cannot be compared.</b> {compared.message}
        </Notice>
      )}
    </Modal>
  );
}

function Pair({ pair, before, after }: { pair: ComparedPair; before: ComparedRef; after: ComparedRef }) {
  const app = useApp();
  const rules = useAppState(({ view }) => view.ignoreRules);
  const comparison = useMemo(() => compareSides(pair.before, pair.after, rules), [pair, rules]);
  const swap = (): void => setView(app.store, { dialog: { kind: "compare", before: after, after: before } });
  return (
    <div className="grid gap-4">
      <div className="grid items-center gap-2 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
        <SideHeading label="Before" side={pair.before} />
        <Button aria-label="Swap the sides" title="Swap the sides" className="justify-self-center" onClick={swap}>
          <ArrowLeftRight aria-hidden="true" size={14} />
        </Button>
        <SideHeading label="After" side={pair.after} />
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <p role="status" className="font-semibold text-t1">
          {summaryWords(comparison)}
        </p>
        <IgnoreChoice />
      </div>
      <Changes comparison={comparison} factsTitle={pair.after.attempt === null ? "Request" : "Answer"} />
    </div>
  );
}

function Changes({ comparison, factsTitle }: { comparison: Comparison; factsTitle: string }) {
  const { facts, headers, body, texts } = comparison;
  return (
    <>
      <Part title="Body" note={BODY_WORDS[body.result]}>
        {body.changes.length > 0 && <ChangeList changes={body.changes} label="Changes of the body" />}
      </Part>
      <Part title="Headers" note={headers.length === 0 ? "The same on both sides." : null}>
        {headers.length > 0 && <ChangeList changes={headers} label="Changes of the headers" />}
      </Part>
      <Part title={factsTitle} note={facts.length === 0 ? "The same on both sides." : null}>
        {facts.length > 0 && <ChangeList changes={facts} label={`Changes of the ${factsTitle.toLowerCase()}`} />}
      </Part>
      {texts !== null && <Texts {...texts} />}
    </>
  );
}

const BODY_WORDS: Readonly<Record<BodyResult, string | null>> = {
  same: "The same, byte for byte.",
  spaced: "The same but for white space between the values. The signature differs all the same.",
  json: null,
  text: "Not JSON on both sides, so only the text below is compared.",
  binary: "Not text on both sides, and not the same bytes.",
  "too-large": "Too large to compare in detail: over 1 MB, or not kept whole.",
};

function Part({ title, note, children }: { title: string; note: string | null; children: ReactNode }) {
  return (
    <section className="grid gap-1.5">
      <h3 className="font-semibold text-t1">{title}</h3>
      {note !== null && <p className="text-t3">{note}</p>}
      {children}
    </section>
  );
}

/** Both texts beside each other; laid out anew where both are JSON, or exactly as they came. */
function Texts({ before, after }: { before: string; after: string }) {
  const [isFormatted, setIsFormatted] = useState(true);
  const formatted = useMemo(() => [formatJson(before), formatJson(after)] as const, [before, after]);
  const [one, other] = formatted;
  const canFormat = one !== null && other !== null;
  const toggle = canFormat && (
    <label className="flex items-center gap-1.5">
      <input type="checkbox" checked={isFormatted} onChange={() => setIsFormatted(!isFormatted)} />
      Formatted
    </label>
  );
  const shown = canFormat && isFormatted ? { before: one, after: other } : { before, after };
  return (
    <Card title="Text" aside={toggle}>
      <Suspense fallback={<p className="appear-late text-t3">Loading the text view</p>}>
        <TextDiff {...shown} />
      </Suspense>
    </Card>
  );
}
