/** Whether objects and arrays lie in each other deeper than `limit`. Without recursion, for which it may be too deep. */
export function isNestedDeeper(value: unknown, limit: number): boolean {
  const seen = new Set<object>();
  let level = containersIn([value], seen);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= limit) return true;
    level = containersIn(
      level.flatMap((container) => Object.values(container)),
      seen,
    );
  }
  return false;
}

/** Each once: what came over IPC may lead back to itself. */
function containersIn(values: readonly unknown[], seen: Set<object>): object[] {
  return values.filter((value): value is object => {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}
