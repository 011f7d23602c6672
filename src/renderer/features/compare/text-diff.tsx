import { Change, MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightSpecialChars, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { cspNonce } from "../../ui/csp-nonce.ts";
import { useLayout } from "../../ui/use-layout.ts";
import type { TextPair } from "./compare-messages.ts";
import { type CutText, cutLines, withoutCuts } from "./cut-lines.ts";
import { DIFF_THEME } from "./diff-theme.ts";

/** Long unchanged stretches are folded. */
const FOLD = { margin: 3, minSize: 8 };

/** Two texts, or parts of them, beside each other with what differs marked, or one below the other in a narrow window. Only to be read. */
export function TextDiff({ texts }: { texts: TextPair }) {
  const place = useRef<HTMLDivElement>(null);
  const isNarrow = useLayout() === "narrow";

  useEffect(() => {
    const parent = place.current;
    if (parent === null) return;
    const view = isNarrow ? openUnified(parent, texts) : openBeside(parent, texts);
    return () => view.destroy();
  }, [texts, isNarrow]);

  return <div ref={place} className="max-h-[60vh] overflow-auto rounded-md border border-line bg-s0" />;
}

function openBeside(parent: HTMLElement, texts: TextPair): MergeView {
  const { before, after, changes } = cutLines(texts);
  return new MergeView({
    parent,
    a: { doc: before.text, extensions: readOnly("Text before", before) },
    b: { doc: after.text, extensions: readOnly("Text after", after) },
    collapseUnchanged: FOLD,
    diffConfig: alreadyFound(changes),
  });
}

function openUnified(parent: HTMLElement, texts: TextPair): EditorView {
  const { before, after, changes } = cutLines(texts);
  const merge = unifiedMergeView({
    original: before.text,
    mergeControls: false,
    collapseUnchanged: FOLD,
    diffConfig: alreadyFound(changes),
  });
  return new EditorView({
    parent,
    doc: after.text,
    extensions: [readOnly("Text, with what was before", after), merge],
  });
}

/** The worker has compared the texts; what is left to do is to draw that. */
function alreadyFound(numbers: Uint32Array) {
  const changes: Change[] = [];
  for (let at = 0; at < numbers.length; at += 4) {
    const [fromA = 0, toA = 0, fromB = 0, toB = 0] = numbers.subarray(at, at + 4);
    changes.push(new Change(fromA, toA, fromB, toB));
  }
  return { override: () => changes };
}

function readOnly(label: string, { lineNumbers: numbers }: CutText): Extension {
  const nonce = cspNonce();
  const highest = Math.max(...numbers);
  return [
    // Only a line feed ends a line: a carriage return is a byte that may be the very difference.
    EditorState.lineSeparator.of("\n"),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    // Not editable, but to be reached and scrolled by keyboard.
    EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label, "aria-readonly": "true" }),
    EditorView.lineWrapping,
    // Of lines that are not there it is asked how wide the numbers are.
    lineNumbers({ formatNumber: (line) => String(numbers[line - 1] ?? highest).replace(/^0$/, "") }),
    EditorView.clipboardOutputFilter.of((text, { doc, selection: { main } }) =>
      main.empty ? text : withoutCuts(doc, main.from, main.to, numbers),
    ),
    numbers.includes(0) ? EditorState.phrases.of({ "$ unchanged lines": "$ unchanged rows" }) : [],
    highlightSpecialChars({ addSpecialChars: /[\u180e\u202a-\u202c\u2060-\u2065\u2068]|\u200c|\u200d/g }),
    DIFF_THEME,
    nonce === undefined ? [] : EditorView.cspNonce.of(nonce),
  ];
}
