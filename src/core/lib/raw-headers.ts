/** All values of a header in a flat list (name, value, name, value…), in order. `name` is in lower case. */
export function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const key = rawHeaders[i] ?? "";
    // Length first: this runs for every header of every delivery.
    if (key.length === name.length && key.toLowerCase() === name) values.push(rawHeaders[i + 1] ?? "");
  }
  return values;
}
