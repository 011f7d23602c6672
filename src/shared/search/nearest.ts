/** The option that `word` was most likely meant to be: at most two letters off, and less than half of it. */
export function nearest<T extends string>(word: string, options: readonly T[]): T | undefined {
  const limit = Math.min(2, Math.floor(word.length / 2));
  const [best] = options
    .map((option) => ({ option, distance: distanceOf(word.slice(0, 40), option) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return best?.option;
}

/** Whether `word` is `text`, or the beginning of it, with one slip of the fingers: a letter too many, too few, wrong, or two swapped. */
export function isOneSlipOff(word: string, text: string): boolean {
  return [-1, 0, 1].some((more) => distanceOf(word, text.slice(0, word.length + more)) <= 1);
}

/** How many letters to add, take away or change, or neighbours to swap. */
function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
