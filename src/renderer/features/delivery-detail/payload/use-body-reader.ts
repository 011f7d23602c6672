import { useCallback, useDeferredValue, useEffect, useState } from "react";
import { toMessage } from "../../../client/to-message.ts";
import { type BodyReader, createBodyReader } from "./body-reader.ts";
import type { BodyReading } from "./body-reading.ts";
import type { Findings } from "./find-text.ts";
import type { WholeValue } from "./whole-value.ts";

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

/** What a text is found at; null while nothing is looked for, and until the first answer. */
export function useFindings(reader: BodyReader | null, text: string): Findings | null {
  const wanted = useDeferredValue(text);
  const find = useCallback(
    async () => (reader === null || wanted === "" ? null : await reader.find(wanted)),
    [reader, wanted],
  );
  return useAnswer(find);
}

/** One value in full; null until it is there. */
export function useWholeValue(reader: BodyReader, value: number): WholeValue | null {
  return useAnswer(useCallback(() => reader.wholeValue(value), [reader, value]));
}

/** What was answered last. A worker that failed has told so where the body is read: the body is shown without it. */
function useAnswer<T extends object>(ask: () => Promise<T | null>): T | null {
  const [answer, setAnswer] = useState<T | null>(null);
  useEffect(() => {
    let isGone = false;
    ask().then(
      (given) => !isGone && setAnswer(given),
      () => !isGone && setAnswer(null),
    );
    return () => {
      isGone = true;
    };
  }, [ask]);
  return answer;
}
