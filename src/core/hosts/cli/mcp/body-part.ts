import * as z from "zod";
import { readUtf8 } from "#shared/utf8.ts";
import { seenText } from "./untrusted.ts";

/** As much of a body as one answer holds, in bytes. */
export const MAX_BODY_BYTES = 20_000;

/** Text that grows by more than this, because what is not seen is shown as codes, is shorter as bytes. */
const MAX_GROWTH = 1.2;
const SPARE_CHARS = 200;

/** Which part of a body an answer holds, and how. `next` is where the rest begins; null where there is none. */
export const BodyPart = z.object({
  encoding: z.enum(["text", "base64"]),
  offset: z.int(),
  bytes: z.int(),
  totalBytes: z.int(),
  next: z.int().nullable(),
});
export type BodyPart = z.infer<typeof BodyPart>;

/**
 * A range of a body, as text where it is some and that is not asked otherwise. A character that the range cuts in two
 * is left to the next part. `keptBytes` are those that can be asked for: of a target's answer, fewer than there were.
 */
export function toBodyPart(
  range: Uint8Array,
  { offset, totalBytes, keptBytes = totalBytes }: { offset: number; totalBytes: number; keptBytes?: number },
  wantsBase64 = false,
): { readonly part: BodyPart; readonly shown: string } {
  const shown = wantsBase64 ? null : shownText(range, offset + range.length < keptBytes);
  const bytes = shown === null ? range.length : shown.bytes;
  const next = offset + bytes;
  return {
    part: {
      encoding: shown === null ? "base64" : "text",
      offset,
      bytes,
      totalBytes,
      next: next < keptBytes && bytes > 0 ? next : null,
    },
    shown: shown === null ? Buffer.from(range).toString("base64") : shown.text,
  };
}

/** What an agent is told of a part in words. */
export function partWords({ encoding, offset, bytes, totalBytes, next }: BodyPart): string {
  const which = bytes === totalBytes ? `${totalBytes} bytes` : `bytes ${offset} to ${offset + bytes} of ${totalBytes}`;
  return `Body, ${which} as ${encoding}${next === null ? "" : `, the rest with read_body and offset ${next}`}:`;
}

function shownText(range: Uint8Array, isCut: boolean): { readonly text: string; readonly bytes: number } | null {
  const text = readUtf8(range, isCut);
  if (text === null || (text === "" && range.length > 0)) return null;
  const seen = seenText(text, true);
  return seen.length > text.length * MAX_GROWTH + SPARE_CHARS ? null : { text: seen, bytes: Buffer.byteLength(text) };
}
