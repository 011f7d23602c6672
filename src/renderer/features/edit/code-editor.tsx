import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";
import { cspNonce } from "../../ui/csp-nonce.ts";
import { useEngineGone } from "../../ui/engine-gone.tsx";

interface Props {
  /** What is in it first; afterwards it keeps its text itself. */
  readonly initial: string;
  readonly label: string;
  readonly isJson?: boolean;
  readonly isFocusedFirst?: boolean;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  readonly onChange: (text: string) => void;
}

/** A text to edit in which every character stays what it is, line ends included. Tab leaves it, as any other field. */
export function CodeEditor({ initial, label, isJson = false, isFocusedFirst = false, onChange, ...state }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const first = useRef({ initial, isFocusedFirst, label, isJson });
  const onText = useRef(onChange);
  const opened = useRef<{ view: EditorView; attributes: Compartment } | null>(null);
  const gone = useEngineGone();
  onText.current = onChange;

  useEffect(() => {
    const parent = place.current;
    if (parent === null) return;
    const { initial, isFocusedFirst, label, isJson } = first.current;
    const attributes = new Compartment();
    const follow = EditorView.updateListener.of((update) => {
      if (update.docChanged) onText.current(update.state.sliceDoc());
    });
    const view = new EditorView({
      parent,
      doc: initial,
      extensions: [editing(label, isJson), attributes.of([]), follow],
    });
    // A text that begins with a key's opening is edited at its beginning.
    if (isFocusedFirst) view.focus();
    opened.current = { view, attributes };
    return () => view.destroy();
  }, []);

  useEffect(() => {
    const { view, attributes } = opened.current ?? {};
    if (view === undefined || attributes === undefined) return;
    view.dispatch({ effects: attributes.reconfigure(stateOf(state.describedBy, state.isInvalid, gone)) });
  }, [state.describedBy, state.isInvalid, gone]);

  return (
    <div
      ref={place}
      // Around all of it: the gutter would cover an outline within.
      className="max-h-[40vh] min-h-24 overflow-auto rounded-md border border-edge bg-s0 outline-offset-1 outline-accent has-[.cm-focused]:outline-2"
    />
  );
}

function editing(label: string, isJson: boolean): Extension {
  const nonce = cspNonce();
  return [
    // Only a line feed ends a line: a carriage return is a byte of the body.
    EditorState.lineSeparator.of("\n"),
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
    EditorView.lineWrapping,
    lineNumbers(),
    history(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    highlightSpecialChars({ addSpecialChars: /[\u180e\u202a-\u202c\u2060-\u2065\u2068]|\u200c|\u200d/g }),
    isJson ? [json(), syntaxHighlighting(JSON_LOOK)] : [],
    EDITOR_THEME,
    nonce === undefined ? [] : EditorView.cspNonce.of(nonce),
  ];
}

/** What changes while it is open: what describes it, and whether it can be written to. */
function stateOf(describedBy: string | undefined, isInvalid: boolean, gone: string | null): Extension {
  return [
    EditorState.readOnly.of(gone !== null),
    EditorView.contentAttributes.of({
      ...(describedBy !== undefined && { "aria-describedby": describedBy }),
      ...(isInvalid && { "aria-invalid": "true" }),
      ...(gone !== null && { "aria-disabled": "true", title: gone }),
    }),
  ];
}

const JSON_LOOK = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--accent)" },
  { tag: tags.string, color: "var(--ok)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--warn)" },
]);

/** The app's tokens for CodeMirror, which brings its own style sheet. */
const EDITOR_THEME = EditorView.theme({
  "&": { color: "var(--t1)", backgroundColor: "transparent", fontSize: "var(--text-code)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6", fontVariantLigatures: "none" },
  ".cm-content": { caretColor: "var(--t1)", minHeight: "6rem" },
  ".cm-gutters": { backgroundColor: "var(--s0)", color: "var(--t3)", border: "none" },
  ".cm-specialChar": { color: "var(--warn)" },
});
