/** No rule matches a longer path: each place of one that stands for any index has seven digits at most. */
const MAX_PATH_CHARS = 2_000;

/** Where a value stands, told from the whole down; `null` for a path that is too long to match anything. */
export type JsonPath = string | null;

/** The path of a member of an object (`key`) or of an array (`index`). */
export function childPath(parent: JsonPath, step: string | number): JsonPath {
  if (parent === null) return null;
  const path = typeof step === "number" ? `${parent}[${step}]` : parent === "" ? step : `${parent}.${step}`;
  return path.length > MAX_PATH_CHARS ? null : path;
}

/** `data.items[].id` or, with the index, `data.items[0].id`; `[*]` is the same as `[]`. */
export function createPathMatcher(pattern: string): (path: JsonPath) => boolean {
  const source = pattern
    .split(/\[\*?\]/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"))
    .join("\\[\\d+\\]");
  const matcher = new RegExp(`^${source}$`, "u");
  return (path) => path !== null && matcher.test(path);
}
