import type { Answer } from "./answer.ts";
import { type ContentRange, uploadRefused } from "./upload.ts";

/** What has come of a video's source. A video gets one source in its life. */
export interface Source {
  readonly isComplete: boolean;
  /** The 400 for a request that does not go with what came before; null where it does. */
  refusal(range: ContentRange | undefined): Answer | null;
  /** Counts a request that came whole; `range` is undefined for a source in one piece. */
  add(range: ContentRange | undefined, bytes: number): void;
  /** Made from elsewhere (a URL, another video, a broadcast), so that nothing can be uploaded any more. */
  complete(bytes: number): void;
  /** `ingest` of `GET /videos/{videoId}/status` but its status. */
  progress(): Readonly<Record<string, unknown>>;
}

export function createSource(): Source {
  let isComplete = false;
  let startedAs: ContentRange["kind"] | null = null;
  let bytesTotal = 0;
  const parts = new Set<number>();
  let partsTotal: number | null = null;
  const ranges: (ContentRange & { kind: "bytes" })[] = [];

  return {
    get isComplete() {
      return isComplete;
    },
    refusal(range) {
      if (isComplete) {
        return uploadRefused("video-source-already-uploaded", "This video source has already been uploaded.");
      }
      if (startedAs === null || range?.kind === startedAs) return null;
      if (range === undefined) {
        return uploadRefused(
          "video-content-range-already-initiated",
          'This video source has already been initiated with a "Content-Range" upload.',
        );
      }
      return uploadRefused(
        "video-content-range-unit-changed",
        `This "Content-Range" upload has been started with "${startedAs}", you cannot continue it with "${range.kind}".`,
      );
    },
    add(range, bytes) {
      bytesTotal += bytes;
      if (range === undefined) {
        isComplete = true;
        return;
      }
      startedAs = range.kind;
      if (range.kind === "part") {
        parts.add(range.part);
        partsTotal ??= range.total;
        isComplete = partsTotal !== null && parts.size >= partsTotal;
      } else {
        ranges.push(range);
        isComplete = coveredBytes(ranges) >= range.total;
      }
    },
    complete(bytes) {
      isComplete = true;
      bytesTotal = bytes;
    },
    progress: () => ({
      ...(isComplete && { filesize: bytesTotal }),
      receivedBytes: ranges.map(({ from, to, total }) => ({ from, to, total })),
      ...(parts.size > 0 && {
        receivedParts: { parts: [...parts].sort((a, b) => a - b), total: partsTotal },
      }),
    }),
  };
}

/** From the start to the first gap, so that ranges sent twice do not count twice. */
function coveredBytes(ranges: readonly { readonly from: number; readonly to: number }[]): number {
  let covered = 0;
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    if (from > covered) break;
    covered = Math.max(covered, to + 1);
  }
  return covered;
}
