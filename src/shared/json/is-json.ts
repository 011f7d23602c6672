/** False also for what is nested beyond what the parser takes. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // That it cannot be parsed is the answer.
    return false;
  }
}
