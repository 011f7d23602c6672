import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightSpecialChars, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { cspNonce } from "../../ui/csp-nonce.ts";
import { useLayout } from "../../ui/use-layout.ts";
import { DIFF_THEME } from "./diff-theme.ts";

/** Long unchanged stretches are folded, and a diff that takes too long becomes a coarser one. */
const FOLD = { margin: 3, minSize: 8 };
const DIFF = { scanLimit: 2_000, timeout: 200 };

/** Two texts beside each other with what differs marked, or one below the other in a narrow window. Only to be read. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const place = useRef<HTMLDivElement>(null);
  const isNarrow = useLayout() === "narrow";

  useEffect(() => {
    const parent = place.current;
    if (parent === null) return;
    const view = isNarrow ? openUnified(parent, before, after) : openBeside(parent, before, after);
    return () => view.destroy();
  }, [before, after, isNarrow]);

  return <div ref={place} className="max-h-[60vh] overflow-auto rounded-md border border-line bg-s0" />;
}

function openBeside(parent: HTMLElement, before: string, after: string): MergeView {
  return new MergeView({
    parent,
    a: { doc: before, extensions: readOnly("Text before") },
    b: { doc: after, extensions: readOnly("Text after") },
    collapseUnchanged: FOLD,
    diffConfig: DIFF,
  });
}

function openUnified(parent: HTMLElement, before: string, after: string): EditorView {
  const merge = unifiedMergeView({
    original: before,
    mergeControls: false,
    collapseUnchanged: FOLD,
    diffConfig: DIFF,
  });
  return new EditorView({ parent, doc: after, extensions: [readOnly("Text, with what was before"), merge] });
}

function readOnly(label: string): Extension {
  const nonce = cspNonce();
  return [
    // Only a line feed ends a line: a carriage return is a byte that may be the very difference.
    EditorState.lineSeparator.of("\n"),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    // Not editable, but to be reached and scrolled by keyboard.
    EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label, "aria-readonly": "true" }),
    EditorView.lineWrapping,
    lineNumbers(),
    highlightSpecialChars({ addSpecialChars: /[\u180e\u202a-\u202c\u2060-\u2065\u2068]|\u200c|\u200d/g }),
    DIFF_THEME,
    nonce === undefined ? [] : EditorView.cspNonce.of(nonce),
  ];
}
