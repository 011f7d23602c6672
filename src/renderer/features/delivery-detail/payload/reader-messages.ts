import type { BodyReading } from "./body-reading.ts";
import type { Findings } from "./find-text.ts";

/** What the window asks the worker that reads payloads; `find` is about the body of the last `read`. */
export type ReaderRequest =
  | { readonly id: number; readonly kind: "read"; readonly bytes: Uint8Array; readonly isCut: boolean }
  | { readonly id: number; readonly kind: "find"; readonly text: string };

export type ReaderReply =
  | { readonly id: number; readonly kind: "read"; readonly reading: BodyReading }
  | { readonly id: number; readonly kind: "find"; readonly findings: Findings };
