/** Bytes from `start` to before `end`, and what comes in their place. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/** A copy with all the splices, which are in order and do not overlap; what lies outside of them stays exactly as it is. */
export function spliceBytes(bytes: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const length = splices.reduce((sum, { start, end, bytes: put }) => sum + put.length - (end - start), bytes.length);
  const result = new Uint8Array(length);
  let from = 0;
  let at = 0;
  for (const { start, end, bytes: put } of splices) {
    result.set(bytes.subarray(from, start), at);
    result.set(put, at + start - from);
    at += start - from + put.length;
    from = end;
  }
  result.set(bytes.subarray(from), at);
  return result;
}

/** Where `wanted` stands in `bytes`, one after the other without overlaps. */
export function findBytes(bytes: Uint8Array, wanted: Uint8Array): number[] {
  const [first] = wanted;
  const found: number[] = [];
  if (first === undefined) return found;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at)) {
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) {
      found.push(at);
      at += wanted.length;
    } else {
      at += 1;
    }
  }
  return found;
}
