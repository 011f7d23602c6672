/** The last texts of many, numbered from 1. */
export interface TextRing {
  push(text: string): void;
  /** The texts after number `from`, oldest first; null where some of them are gone, or never came. */
  after(from: number): string[] | null;
  /** Drops what is kept; the next text has the next number all the same. */
  clear(): void;
}

/**
 * Keeps up to `count` texts that take up to `bytes` in UTF-8 together, in one block of memory: kept as objects, each would
 * outlive the collections of short-lived garbage, which costs a stream of thousands a second more than writing it down.
 * A text longer than all of the block is not kept, nor is anything before it.
 */
export function createTextRing({ count, bytes }: { count: number; bytes: number }): TextRing {
  const block = Buffer.allocUnsafeSlow(bytes);
  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  let last = 0;
  let oldest = 1;
  let free = 0;

  /** Where the next text goes: behind the last one, or at the beginning where it would not fit there. */
  function takeRoom(length: number): number {
    const start = free + length <= bytes ? free : 0;
    // What lies between the last text and the end of the block is the oldest, and is left out.
    if (start < free) dropWithin(free, bytes);
    dropWithin(start, start + length);
    return start;
  }

  function dropWithin(from: number, to: number): void {
    while (oldest <= last) {
      const start = starts[oldest % count] ?? 0;
      const end = ends[oldest % count] ?? 0;
      // An empty one is nowhere: it must not stand before those behind it.
      if (start < end && (start >= to || end <= from)) return;
      oldest += 1;
    }
  }

  function clear(): void {
    oldest = last + 1;
    free = 0;
  }

  return {
    push(text) {
      const length = Buffer.byteLength(text);
      if (last - oldest + 1 === count) oldest += 1;
      const start = length <= bytes ? takeRoom(length) : 0;
      last += 1;
      if (length > bytes) return clear();
      starts[last % count] = start;
      free = start + block.write(text, start);
      ends[last % count] = free;
    },
    after(from) {
      if (from > last || from < oldest - 1) return null;
      const texts: string[] = [];
      for (let n = from + 1; n <= last; n++) texts.push(block.toString("utf8", starts[n % count], ends[n % count]));
      return texts;
    },
    clear,
  };
}
