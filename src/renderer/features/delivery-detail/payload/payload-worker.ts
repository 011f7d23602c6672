import type { JsonIndex } from "#shared/json/json-columns.ts";
import { readBody } from "./body-reading.ts";
import { findText } from "./find-text.ts";
import type { ReaderReply, ReaderRequest } from "./reader-messages.ts";
import { readWholeValue } from "./whole-value.ts";

// A worker's whole life is this file: it reads one body and searches it as often as it is asked.
let bytes = new Uint8Array();
let index: JsonIndex | null = null;

self.onmessage = ({ data: request }: MessageEvent<ReaderRequest>) => {
  if (request.kind === "read") {
    const reading = readBody(request.bytes, request.isCut);
    bytes = request.bytes as Uint8Array<ArrayBuffer>;
    index = reading.kind === "text" ? (reading.json?.index ?? null) : null;
    // The copy that goes is made here and handed over: to make a million values anew would hold the window up.
    const given = structuredClone(reading);
    answer({ id: request.id, kind: "read", reading: given }, buffersOf(given));
  } else if (request.kind === "find") {
    answer({ id: request.id, kind: "find", findings: findText(bytes, request.text, index) });
  } else {
    const whole = index === null ? null : readWholeValue(bytes, index, request.value);
    answer({ id: request.id, kind: "value", whole }, buffersOf({ whole }));
  }
};

function answer(reply: ReaderReply, handedOver: ArrayBuffer[] = []): void {
  self.postMessage(reply, { transfer: handedOver });
}

/** The memory of all columns in a reading, however deep they lie. */
function buffersOf(reading: object): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  for (const part of Object.values(reading)) {
    if (ArrayBuffer.isView(part)) {
      if (part.buffer instanceof ArrayBuffer) found.add(part.buffer);
    } else if (typeof part === "object" && part !== null) for (const buffer of buffersOf(part)) found.add(buffer);
  }
  return [...found];
}
