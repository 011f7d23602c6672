import { EditorView } from "@codemirror/view";

const BEFORE = { backgroundColor: "var(--bad-s)" };
const AFTER = { backgroundColor: "var(--ok-s)" };
/** The characters that differ are underlined as well: colour alone would tell nothing to some. */
const MARKED = { background: "none", textDecoration: "underline 2px", textUnderlineOffset: "3px" };

/** The app's tokens for CodeMirror, which brings its own style sheet. Changed lines also carry a sign in the gutter. */
export const DIFF_THEME = EditorView.theme({
  "&": { color: "var(--t2)", backgroundColor: "transparent", fontSize: "var(--text-code)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "var(--s0)", color: "var(--t3)", border: "none" },
  ".cm-specialChar": { color: "var(--warn)" },
  // As high as the line whose number stands beside it.
  ".cm-collapsedLines": { background: "var(--s2)", color: "var(--t3)", lineHeight: "1.6", padding: "0 0.5rem" },
  // Not the first: it is not to be seen, has no height, and gives the others their width.
  ".cm-collapsedLines, .cm-gutterElement:not(:first-child)": { minHeight: "1.6em" },
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": BEFORE,
  "&.cm-merge-b .cm-changedLine, &:not(.cm-merge-a, .cm-merge-b) .cm-changedLine, .cm-insertedLine": AFTER,
  "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": { ...MARKED, color: "var(--bad)" },
  "&.cm-merge-b .cm-changedText, &:not(.cm-merge-a, .cm-merge-b) .cm-changedText": { ...MARKED, color: "var(--ok)" },
  ".cm-changeGutter": { width: "1.6ch", paddingLeft: "0.3ch" },
  "&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter": { background: "none", color: "var(--bad)" },
  "&.cm-merge-a .cm-changedLineGutter::before, .cm-deletedLineGutter::before": { content: '"−"' },
  "&:not(.cm-merge-a) .cm-changedLineGutter": { background: "none", color: "var(--ok)" },
  "&:not(.cm-merge-a) .cm-changedLineGutter::before": { content: '"+"' },
});
