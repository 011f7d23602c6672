/** The steps of a path into JSON: `metadata[0].value` has three, the second of which is `[0]`. */
export function stepsOf(path: string): string[] {
  return path.replaceAll("[", ".[").split(".");
}

const ANY_STEP: ReadonlySet<string> = new Set(["*", "[*]", "[]"]);

/** Whether a path is the one of a pattern or lies inside it; `*`, `[*]` or `[]` stands for any one step, case does not matter. */
export function fitsPath(path: string, pattern: string): boolean {
  const steps = stepsOf(path);
  const wanted = stepsOf(pattern);
  // What lies inside an ignored part is ignored with it.
  if (wanted.length > steps.length) return false;
  return wanted.every((step, index) => ANY_STEP.has(step) || step.toLowerCase() === steps[index]?.toLowerCase());
}
