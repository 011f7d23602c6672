import type { BodyReading } from "./body-reading.ts";
import type { Findings } from "./find-text.ts";
import type { WholeValue } from "./whole-value.ts";

/** What the window asks the worker that reads payloads; the others are about the body of the last `read`. */
export type ReaderRequest =
  | { readonly id: number; readonly kind: "read"; readonly bytes: Uint8Array; readonly isCut: boolean }
  | { readonly id: number; readonly kind: "find"; readonly text: string }
  | { readonly id: number; readonly kind: "value"; readonly value: number };

export type ReaderReply =
  | { readonly id: number; readonly kind: "read"; readonly reading: BodyReading }
  | { readonly id: number; readonly kind: "find"; readonly findings: Findings }
  | { readonly id: number; readonly kind: "value"; readonly whole: WholeValue | null };
