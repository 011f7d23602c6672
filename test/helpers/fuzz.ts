/** How many times as many cases as usual are tried: `npm run fuzz 50`. */
const FACTOR = Number(process.env["FUZZ_TIMES"] ?? 1);

/** So many runs of a property, more of them in `npm run fuzz`. */
export function times(runs: number): number {
  return Math.round(runs * FACTOR);
}
