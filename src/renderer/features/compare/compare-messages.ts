import type { ComparedContent } from "#shared/compare/find-changes.ts";
import type { IgnoreRules } from "../../state/app-state.ts";
import type { Comparison } from "./compare-sides.ts";

/** Of each text, in characters. Laying out and marking more takes the window longer than it may be held up. */
export const MAX_DRAWN_CHARS = 32 * 1024;

/** What the window asks the worker that compares: `open` once and first, the others are about those two sides. */
export type CompareRequest =
  | { readonly kind: "open"; readonly before: ComparedContent; readonly after: ComparedContent }
  | { readonly kind: "list"; readonly rules: IgnoreRules }
  | { readonly kind: "texts"; readonly isFormatted: boolean };

/** Answers come in the order of the requests, so that the last one of a kind is in force. */
export type CompareReply =
  | { readonly kind: "listed"; readonly comparison: Comparison }
  | { readonly kind: "texts"; readonly texts: TextPair };

/** Two texts beside each other, and where they differ. */
export interface TextPair {
  readonly before: string;
  readonly after: string;
  /** Four numbers per change, as CodeMirror counts: from and to in the text before, from and to in the one after. */
  readonly changes: Uint32Array;
  /** There is more before or behind it; `firstLine` is the number of its first line. */
  readonly isPart: boolean;
  readonly firstLine: number;
  readonly isFormatted: boolean;
  /** Both are JSON. */
  readonly canFormat: boolean;
}
