/** The same ones in an order that `seed` (an integer) decides: Fisher and Yates, drawing with mulberry32. */
export function shuffled<T>(all: readonly T[], seed: number): T[] {
  const drawn = [...all];
  const random = mulberry32(seed);
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    // Both are within the array.
    [drawn[last], drawn[other]] = [drawn[other] as T, drawn[last] as T];
  }
  return drawn;
}

/** https://gist.github.com/tommyettinger/46a874533244883189143505d203312c: from 0 up to 1, the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
