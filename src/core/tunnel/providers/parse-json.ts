/** undefined where it is no JSON: to a schema that is nonsense like any other. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
