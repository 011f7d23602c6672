import type { JsonIndex } from "#shared/json/json-columns.ts";
import { readBody } from "./body-reading.ts";
import { findText } from "./find-text.ts";
import type { ReaderReply, ReaderRequest } from "./reader-messages.ts";

// A worker's whole life is this file: it reads one body and searches it as often as it is asked.
let bytes = new Uint8Array();
let index: JsonIndex | null = null;

self.onmessage = ({ data: request }: MessageEvent<ReaderRequest>) => {
  if (request.kind === "read") {
    const reading = readBody(request.bytes, request.isCut);
    bytes = request.bytes as Uint8Array<ArrayBuffer>;
    index = reading.kind === "text" ? (reading.json?.index ?? null) : null;
    answer({ id: request.id, kind: "read", reading });
  } else {
    answer({ id: request.id, kind: "find", findings: findText(bytes, request.text, index) });
  }
};

function answer(reply: ReaderReply): void {
  self.postMessage(reply);
}
