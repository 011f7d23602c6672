/** Milliseconds since 1970 as api.video writes the dates of its objects: `2026-07-01T09:12:00+00:00`. */
export function isoSeconds(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+Z$/, "+00:00");
}
