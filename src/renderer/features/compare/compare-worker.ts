import { type Found, findChanges } from "#shared/compare/find-changes.ts";
import type { CompareReply, CompareRequest } from "./compare-messages.ts";
import { listChanges } from "./compare-sides.ts";
import { compareTexts } from "./compare-texts.ts";

// A worker's whole life is this file: it compares two sides, and tells of it as often as it is asked.
let found: Found | null = null;

self.onmessage = ({ data: request }: MessageEvent<CompareRequest>) => {
  if (request.kind === "open") found = findChanges(request.before, request.after);
  else if (request.kind === "list" && found !== null) {
    answer({ kind: "listed", comparison: listChanges(found, request.rules) });
  } else if (request.kind === "texts" && found?.texts) {
    answer({ kind: "texts", texts: compareTexts(found.texts, request.isFormatted) });
  }
};

function answer(reply: CompareReply): void {
  self.postMessage(reply);
}
