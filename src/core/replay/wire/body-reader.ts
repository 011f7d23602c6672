import type { BodyIncomplete } from "#shared/domain/attempt.ts";
import type { Framing } from "./answer-head.ts";
import { createChunkReader } from "./chunk-reader.ts";
import { createKeptBody, type KeptBody } from "./kept-body.ts";

/** Reads a body to its end, wherever its framing puts that. */
export interface BodyReader {
  readonly kept: KeptBody;
  /** The end of the connection is the end of this body. */
  readonly endsWithConnection: boolean;
  /** Takes what came next, which may be nothing. After "whole" or why it is not, nothing more is to be pushed. */
  push(bytes: Buffer): "more" | "whole" | BodyIncomplete;
  /** How many bytes came behind its end. */
  surplus(): number;
}

export function createBodyReader(framing: Framing): BodyReader {
  const kept = createKeptBody();
  let surplus = 0;
  const reader = { kept, endsWithConnection: framing.kind === "until-close", surplus: () => surplus };
  switch (framing.kind) {
    case "detached":
      // Never reused, whatever came.
      return { ...reader, push: () => "whole", surplus: () => Number.POSITIVE_INFINITY };
    case "none":
    case "length": {
      let left = framing.kind === "none" ? 0 : framing.bytes;
      return {
        ...reader,
        push(bytes) {
          const isInTime = kept.add(bytes.subarray(0, left));
          if (!isInTime) return "too-long";
          surplus = Math.max(0, bytes.length - left);
          left = Math.max(0, left - bytes.length);
          return left === 0 ? "whole" : "more";
        },
      };
    }
    case "until-close":
      return { ...reader, push: (bytes) => (kept.add(bytes) ? "more" : "too-long") };
    case "chunked": {
      const chunks = createChunkReader((bytes) => kept.add(bytes));
      return {
        ...reader,
        push(bytes) {
          const { progress, taken } = chunks.push(bytes);
          surplus = bytes.length - taken;
          return progress;
        },
      };
    }
  }
}
