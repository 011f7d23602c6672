const LINE_FEED = 0x0a;

/** Puts lines together out of pieces, one byte per character. */
export interface LineReader {
  /** The next line without its line feed, or null where it goes on behind these bytes; `taken` counts the line feed. */
  read(bytes: Buffer, offset: number): { readonly line: string | null; readonly taken: number };
  /** What has come of a line that has not ended. */
  partial(): string;
}

export function createLineReader(): LineReader {
  let partial = "";
  return {
    read(bytes, offset) {
      const end = bytes.indexOf(LINE_FEED, offset);
      if (end === -1) {
        partial += bytes.toString("latin1", offset);
        return { line: null, taken: bytes.length - offset };
      }
      const line = partial + bytes.toString("latin1", offset, end);
      partial = "";
      return { line, taken: end + 1 - offset };
    },
    partial: () => partial,
  };
}
