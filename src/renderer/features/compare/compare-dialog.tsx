import { ArrowLeftRight } from "lucide-react";
import { type ReactNode, Suspense, useMemo, useState } from "react";
import type { BodyResult } from "#shared/compare/find-changes.ts";
import { useAppState } from "../../app-context.ts";
import { lazyPart } from "../../lazy-part.tsx";
import type { ComparedPair } from "../../state/app-state.ts";
import { formatCount } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Modal } from "../../ui/modal.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ChangeList } from "./change-list.tsx";
import { MAX_DRAWN_CHARS, type TextPair } from "./compare-messages.ts";
import type { ChangeLists, Comparison } from "./compare-sides.ts";
import { summaryWords } from "./compare-words.ts";
import { IgnoreChoice } from "./ignore-choice.tsx";
import { SideHeading } from "./side-heading.tsx";
import { useComparison } from "./use-comparison.ts";

const TextDiff = lazyPart(async () => (await import("./text-diff.tsx")).TextDiff, { isAhead: false });

/** Two deliveries, or two answers, beside each other: what changed by path first, the texts below. */
export function CompareDialog({ onClose }: { onClose: () => void }) {
  const compared = useAppState((state) => state.compared);
  return (
    <Modal title="Compare" isWide isRead onClose={onClose}>
      {compared.kind === "ready" && <Pair loaded={compared.value} />}
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

function Pair({ loaded }: { loaded: ComparedPair }) {
  const [isSwapped, setIsSwapped] = useState(false);
  const pair = useMemo(
    () => (isSwapped ? { before: loaded.after, after: loaded.before } : loaded),
    [loaded, isSwapped],
  );
  const rules = useAppState(({ view }) => view.ignoreRules);
  const [isFormatted, setIsFormatted] = useState(true);
  const { comparison, texts, problem } = useComparison(pair, rules, isFormatted);
  return (
    <div className="grid gap-4">
      <div className="grid items-center gap-2 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
        <SideHeading label="Before" side={pair.before} />
        <Button
          aria-label="Swap the sides"
          title="Swap the sides"
          className="justify-self-center"
          onClick={() => setIsSwapped(!isSwapped)}
        >
          <ArrowLeftRight aria-hidden="true" size={14} />
        </Button>
        <SideHeading label="After" side={pair.after} />
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <p role="status" className="font-semibold text-t1">
          {comparison !== null && summaryWords(comparison)}
          {comparison === null && problem === null && <Comparing />}
        </p>
        <IgnoreChoice />
      </div>
      {problem !== null && (
        <Notice tone="bad">
          <b>The comparison broke off.</b> {problem}
        </Notice>
      )}
      {comparison !== null && (
        <Changes comparison={comparison} factsTitle={pair.after.attempt === null ? "Request" : "Answer"} />
      )}
      {comparison?.hasTexts && (
        <Texts
          texts={texts?.isFormatted === isFormatted || texts?.canFormat === false ? texts : null}
          isFormatted={isFormatted}
          onFormat={setIsFormatted}
          canFormat={texts?.canFormat === true}
        />
      )}
    </div>
  );
}

/** What takes no time to speak of is not announced. */
function Comparing() {
  return <span className="appear-late font-normal text-t3">Comparing…</span>;
}

function Changes({ comparison, factsTitle }: { comparison: Comparison; factsTitle: string }) {
  const { facts, headers, body } = comparison;
  return (
    <>
      <Part title="Body" note={BODY_WORDS[body.result]}>
        <ChangeList changes={body} label="Changes of the body" />
      </Part>
      <Part title="Headers" note={sameWords(headers)}>
        <ChangeList changes={headers} label="Changes of the headers" />
      </Part>
      <Part title={factsTitle} note={sameWords(facts)}>
        <ChangeList changes={facts} label={`Changes of the ${factsTitle.toLowerCase()}`} />
      </Part>
    </>
  );
}

function sameWords({ countedCount, ignoredCount }: ChangeLists): string | null {
  return countedCount + ignoredCount === 0 ? "The same on both sides." : null;
}

const BODY_WORDS: Readonly<Record<BodyResult, string | null>> = {
  same: "The same, byte for byte.",
  spaced: "The same but for white space between the values. The signature differs all the same.",
  json: null,
  text: "Not JSON on both sides, or too deep or long for a list of changes: only the text below is compared.",
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

/** Both texts beside each other; null while they are compared. */
function Texts(props: {
  texts: TextPair | null;
  canFormat: boolean;
  isFormatted: boolean;
  onFormat: (isFormatted: boolean) => void;
}) {
  const { texts, canFormat, isFormatted, onFormat } = props;
  const toggle = canFormat && (
    <label className="flex items-center gap-1.5">
      <input type="checkbox" checked={isFormatted} onChange={() => onFormat(!isFormatted)} />
      Formatted
    </label>
  );
  return (
    <Card title="Text" aside={toggle}>
      {texts === null ? (
        <Comparing />
      ) : (
        <Suspense fallback={<p className="appear-late text-t3">Loading the text view</p>}>
          {texts.isPart && (
            <p className="pb-2 text-t3">
              These texts are long: drawn is what follows the first difference, up to {formatCount(MAX_DRAWN_CHARS)}{" "}
              characters of each.
            </p>
          )}
          <TextDiff texts={texts} />
        </Suspense>
      )}
    </Card>
  );
}
