/** The bytes of a body as they come in, however small the pieces are. */
export interface GrowingBody {
  /** Takes what there is room for; answers how many bytes that was. */
  add(piece: Buffer): number;
  bytes(): Buffer;
}

/**
 * A body of at most `limit` bytes, in one piece of memory of at most twice what came. A sender may cut it into chunks of a
 * byte each, and to keep those would take hundreds of bytes for one.
 */
export function createGrowingBody(limit: number): GrowingBody {
  let memory: Buffer = Buffer.alloc(0);
  let size = 0;

  function makeRoomFor(more: number): void {
    if (size + more <= memory.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.min(limit, Math.max(size + more, 2 * memory.length)));
    memory.copy(grown, 0, 0, size);
    memory = grown;
  }

  return {
    add(piece) {
      const taken = Math.min(piece.length, limit - size);
      if (size === 0) {
        // Nearly all bodies come in one piece, which is not copied.
        memory = piece.subarray(0, taken);
      } else {
        makeRoomFor(taken);
        piece.copy(memory, size, 0, taken);
      }
      size += taken;
      return taken;
    },
    bytes: () => memory.subarray(0, size),
  };
}
