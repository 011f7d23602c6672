/** Which deliveries were given already, by the numbers of their ids, so that none is given twice. */
export interface Given {
  /** Those up to this one are never given (any more). */
  readonly floor: number;
  has(number: number): boolean;
  add(number: number): void;
}

/** What changes after so many newer ones were given is not looked at again: memory has an end. */
const MAX_REMEMBERED = 10_000;

export function createGiven(floor: number): Given {
  let lowest = floor;
  let numbers = new Set<number>();

  function forgetOldest(): void {
    const newest = [...numbers].sort((a, b) => a - b).slice(-MAX_REMEMBERED);
    lowest = Math.max(lowest, (newest[0] ?? 0) - 1);
    numbers = new Set(newest);
  }

  return {
    get floor() {
      return lowest;
    },
    has: (number) => number <= lowest || numbers.has(number),
    add(number) {
      numbers.add(number);
      if (numbers.size >= 2 * MAX_REMEMBERED) forgetOldest();
    },
  };
}
