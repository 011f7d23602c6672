import type { Reading } from "./read-request.ts";

export interface UnfinishedLimits {
  /** How many bodies are read at the same time. */
  readonly bodies: number;
  /** How many bytes of them, and of their heads, are in memory. */
  readonly bytes: number;
}

/** A body that is being read. */
export interface Unfinished {
  grew(bytes: number): void;
  /** Nothing more is read of it. */
  finished(): void;
}

/**
 * Bounds what unfinished bodies take of the memory together. Where they are too many or too large, the oldest gives way:
 * through a tunnel all senders have the same address, and an honest one is done before it is the oldest.
 */
export function limitUnfinished(limits: UnfinishedLimits): (reading: Reading, headBytes: number) => Unfinished {
  /** With their bytes, in the order of their beginning. */
  const unfinished = new Map<Reading, number>();
  let bytes = 0;

  function leave(reading: Reading): void {
    bytes -= unfinished.get(reading) ?? 0;
    unfinished.delete(reading);
  }

  function makeRoom(): void {
    while (unfinished.size > limits.bodies || bytes > limits.bytes) {
      const [oldest] = unfinished.keys();
      if (oldest === undefined) return;
      leave(oldest);
      oldest.fail("timed-out");
    }
  }

  return (reading, headBytes) => {
    unfinished.set(reading, headBytes);
    bytes += headBytes;
    makeRoom();
    return {
      grew(more) {
        const before = unfinished.get(reading);
        if (before === undefined) return;
        unfinished.set(reading, before + more);
        bytes += more;
        makeRoom();
      },
      finished: () => leave(reading),
    };
  };
}
