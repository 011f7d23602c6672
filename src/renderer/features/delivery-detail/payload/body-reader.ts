import { type BodyReading, readBody } from "./body-reading.ts";
import { type Findings, findText } from "./find-text.ts";
import type { ReaderReply, ReaderRequest } from "./reader-messages.ts";
import { readWholeValue, type WholeValue } from "./whole-value.ts";

/** A body that was read and can be searched. */
export interface BodyReader extends Disposable {
  readonly reading: Promise<BodyReading>;
  find(text: string): Promise<Findings>;
  /** One value in full; null where the body is no JSON. */
  wholeValue(value: number): Promise<WholeValue | null>;
}

/** Read where it stands: such a body takes a few milliseconds, less than a worker takes to start. */
const MAX_IN_PLACE_BYTES = 64 * 1024;

/** Reads a body; a long one in a worker, so that the window never waits for it. */
export function createBodyReader(bytes: Uint8Array, isCut: boolean): BodyReader {
  return bytes.length <= MAX_IN_PLACE_BYTES ? readInPlace(bytes, isCut) : readInWorker(bytes, isCut);
}

function readInPlace(bytes: Uint8Array, isCut: boolean): BodyReader {
  const reading = readBody(bytes, isCut);
  const index = reading.kind === "text" ? (reading.json?.index ?? null) : null;
  return {
    reading: Promise.resolve(reading),
    find: async (text) => findText(bytes, text, index),
    wholeValue: async (value) => (index === null ? null : readWholeValue(bytes, index, value)),
    [Symbol.dispose]() {},
  };
}

function readInWorker(bytes: Uint8Array, isCut: boolean): BodyReader {
  const worker = new Worker(new URL("./payload-worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, PromiseWithResolvers<ReaderReply>>();
  let requests = 0;
  worker.onmessage = ({ data }: MessageEvent<ReaderReply>) => {
    waiting.get(data.id)?.resolve(data);
    waiting.delete(data.id);
  };
  worker.onerror = ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message || "The payload could not be read."));
    waiting.clear();
  };
  const ask = async (request: ReaderRequest): Promise<ReaderReply> => {
    const answer = Promise.withResolvers<ReaderReply>();
    waiting.set(request.id, answer);
    worker.postMessage(request);
    return await answer.promise;
  };
  const nextId = (): number => {
    requests += 1;
    return requests;
  };
  return {
    reading: ask({ id: nextId(), kind: "read", bytes, isCut }).then((reply) => {
      if (reply.kind !== "read") throw new Error("The worker answered another question.");
      return reply.reading;
    }),
    async find(text) {
      const reply = await ask({ id: nextId(), kind: "find", text });
      if (reply.kind !== "find") throw new Error("The worker answered another question.");
      return reply.findings;
    },
    async wholeValue(value) {
      const reply = await ask({ id: nextId(), kind: "value", value });
      if (reply.kind !== "value") throw new Error("The worker answered another question.");
      return reply.whole;
    },
    // Whoever still waits does so for a body that is not shown any more.
    [Symbol.dispose]: () => worker.terminate(),
  };
}
