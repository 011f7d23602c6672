import type { Evidence } from "#shared/domain/verification.ts";
import { byteChanges } from "./byte-changes.ts";
import type { JsonRewrite } from "./json-rewrites.ts";

/** Enough to see what happened; the changes say the rest. */
const MAX_SHOWN_BYTES = 64 * 1024;

/** The evidence for a signature over rewritten JSON: what was signed, and where it differs from what arrived. */
export function toReserialised(
  body: Uint8Array,
  { style, bytes }: JsonRewrite,
  fitsSecretOf: string,
): Extract<Evidence, { kind: "reserialised" }> {
  return {
    kind: "reserialised",
    style,
    fitsSecretOf,
    receivedBytes: body.length,
    signedBytes: bytes.length,
    signedBodyBase64: bytes.subarray(0, MAX_SHOWN_BYTES).toString("base64"),
    ...byteChanges(body, bytes),
  };
}
