import { useDeferredValue, useEffect, useState } from "react";
import { toMessage } from "../../../client/to-message.ts";
import { type BodyReader, createBodyReader } from "./body-reader.ts";
import type { BodyReading } from "./body-reading.ts";
import type { Findings } from "./find-text.ts";

export type ReaderState =
  | { readonly kind: "reading" }
  | { readonly kind: "ready"; readonly bytes: Uint8Array; readonly reading: BodyReading; readonly reader: BodyReader }
  | { readonly kind: "failed"; readonly message: string };

/** Reads the bytes off the main path; while longer ones of the same body are read, the shorter ones stay in sight. */
export function useBodyReader(bytes: Uint8Array, isCut: boolean): ReaderState {
  const [state, setState] = useState<ReaderState>({ kind: "reading" });

  useEffect(() => {
    const reader = createBodyReader(bytes, isCut);
    let isGone = false;
    reader.reading.then(
      (reading) => !isGone && setState({ kind: "ready", bytes, reading, reader }),
      (error: unknown) => !isGone && setState({ kind: "failed", message: toMessage(error) }),
    );
    return () => {
      isGone = true;
      reader[Symbol.dispose]();
    };
  }, [bytes, isCut]);

  return state;
}

/** What a text is found at; null while nothing is looked for or the answer is on its way. */
export function useFindings(reader: BodyReader | null, text: string): Findings | null {
  const wanted = useDeferredValue(text);
  const [findings, setFindings] = useState<Findings | null>(null);

  useEffect(() => {
    if (reader === null || wanted === "") return setFindings(null);
    let isGone = false;
    reader.find(wanted).then(
      (found) => !isGone && setFindings(found),
      // The body is shown without it; a worker that failed has told so where the body is read.
      () => !isGone && setFindings(null),
    );
    return () => {
      isGone = true;
    };
  }, [reader, wanted]);

  return findings;
}
