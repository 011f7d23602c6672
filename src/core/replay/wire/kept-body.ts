const MAX_KEPT_BYTES = 1024 * 1024;
/** Nobody answers a webhook with more; an answer without an end would hold the connection for nothing. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

/** The beginning of an answer's body and the count of all of it. */
export interface KeptBody {
  /** False where this is more than is ever read. */
  add(bytes: Buffer): boolean;
  /** The first MiB. */
  bytes(): Buffer;
  /** How many came in all. */
  total(): number;
}

export function createKeptBody(): KeptBody {
  const kept: Buffer[] = [];
  let total = 0;
  return {
    add(bytes) {
      if (bytes.length > 0 && total < MAX_KEPT_BYTES) kept.push(Buffer.from(bytes.subarray(0, MAX_KEPT_BYTES - total)));
      total += bytes.length;
      if (total <= MAX_READ_BYTES) return true;
      total = MAX_READ_BYTES;
      return false;
    },
    bytes: () => (kept.length === 1 ? kept[0] : undefined) ?? Buffer.concat(kept),
    total: () => total,
  };
}
