import type { Evidence } from "#shared/domain/verification.ts";
import { byteChanges } from "./byte-changes.ts";

/** Enough to see what happened; the changes say the rest. */
const MAX_SHOWN_BYTES = 64 * 1024;

type Reserialised = Extract<Evidence, { kind: "reserialised" }>;
export type TwoBodies = Omit<Reserialised, "kind" | "style" | "fitsSecretOf">;

/** The evidence for a signature over other bytes than arrived: what was signed, and where the two differ. */
export function twoBodies(received: Uint8Array, signed: Buffer): TwoBodies {
  return {
    receivedBytes: received.length,
    signedBytes: signed.length,
    signedBodyBase64: signed.subarray(0, MAX_SHOWN_BYTES).toString("base64"),
    ...byteChanges(received, signed),
  };
}
