import { useEffect, useState } from "react";
import type { ComparedContent } from "#shared/compare/find-changes.ts";
import type { ComparedPair, IgnoreRules } from "../../state/app-state.ts";
import type { ComparedSide } from "../../state/compared-side.ts";
import type { CompareReply, CompareRequest, TextPair } from "./compare-messages.ts";
import type { Comparison } from "./compare-sides.ts";

/** What is known so far: null is what is still being compared. */
export interface ComparisonState {
  readonly comparison: Comparison | null;
  readonly texts: TextPair | null;
  readonly problem: string | null;
}

const COMPARING: ComparisonState = { comparison: null, texts: null, problem: null };

/** Compares two sides in a worker, so that the window never waits for it. It ends with the dialog, done or not. */
export function useComparison({ before, after }: ComparedPair, rules: IgnoreRules, isFormatted: boolean) {
  const [state, setState] = useState(COMPARING);
  const [ask, setAsk] = useState<((request: CompareRequest) => void) | null>(null);

  useEffect(() => {
    const worker = new Worker(new URL("./compare-worker.ts", import.meta.url), { type: "module" });
    const post = (request: CompareRequest): void => worker.postMessage(request);
    worker.onmessage = ({ data }: MessageEvent<CompareReply>) =>
      setState((known) =>
        data.kind === "listed" ? { ...known, comparison: data.comparison } : { ...known, texts: data.texts },
      );
    worker.onerror = ({ message }) =>
      setState({ ...COMPARING, problem: message || "The worker could not be started." });
    post({ kind: "open", before: contentOf(before), after: contentOf(after) });
    setAsk(() => post);
    return () => {
      worker.terminate();
      setState(COMPARING);
    };
  }, [before, after]);

  useEffect(() => ask?.({ kind: "list", rules }), [ask, rules]);
  useEffect(() => ask?.({ kind: "texts", isFormatted }), [ask, isFormatted]);

  return state;
}

function contentOf({ facts, headers, body, bodyBytes }: ComparedSide): ComparedContent {
  return { facts, headers, body, bodyBytes };
}
