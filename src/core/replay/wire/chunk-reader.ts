import type { BodyIncomplete } from "#shared/domain/attempt.ts";
import { createLineReader } from "./line-reader.ts";

/** Of all that is no body: sizes with their extensions, and trailers. A sender of nothing else has to end somewhere. */
const MAX_OVERHEAD_BYTES = 4 * 1024 * 1024;
const MAX_LINE_BYTES = 16 * 1024;

/** What a chunked body (RFC 9112, 7.1) has left to read before the next line: bytes of a chunk, or none. */
export interface ChunkReader {
  /** `taken`: how many bytes belong to the body, all of them unless it is over. */
  push(bytes: Buffer): { readonly progress: "more" | "whole" | BodyIncomplete; readonly taken: number };
}

/** Gives the bytes of each chunk to `add`, which says whether there may be more. Extensions and trailers are dropped. */
export function createChunkReader(add: (bytes: Buffer) => boolean): ChunkReader {
  const lines = createLineReader();
  let expected: "size" | "data" | "data-end" | "trailer" = "size";
  let left = 0;
  let overhead = 0;

  function onLine(line: string): "more" | "whole" | "broken-off" {
    if (!line.endsWith("\r")) return "broken-off";
    const text = line.slice(0, -1);
    switch (expected) {
      case "size": {
        const [, size] = /^([0-9a-f]{1,12})(?:[\t ]*;[^\r]*)?$/i.exec(text) ?? [];
        if (size === undefined) return "broken-off";
        left = Number.parseInt(size, 16);
        expected = left === 0 ? "trailer" : "data";
        return "more";
      }
      case "data-end":
        expected = "size";
        return text === "" ? "more" : "broken-off";
      default:
        return text === "" ? "whole" : "more";
    }
  }

  return {
    push(bytes) {
      let offset = 0;
      while (offset < bytes.length) {
        if (expected === "data") {
          const data = bytes.subarray(offset, offset + left);
          if (!add(data)) return { progress: "too-long", taken: bytes.length };
          offset += data.length;
          left -= data.length;
          if (left === 0) expected = "data-end";
          continue;
        }
        const { line, taken } = lines.read(bytes, offset);
        offset += taken;
        overhead += taken;
        const length = (line ?? lines.partial()).length;
        if (length > MAX_LINE_BYTES || overhead > MAX_OVERHEAD_BYTES) return { progress: "too-long", taken: offset };
        const progress = line === null ? "more" : onLine(line);
        if (progress !== "more") return { progress, taken: offset };
      }
      return { progress: "more", taken: offset };
    },
  };
}
