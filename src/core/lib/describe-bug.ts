import { AppError } from "#shared/errors.ts";

const KIND = /^[A-Za-z]{1,40}$/;
/** Node's, the system's and SQLite's own. */
const CODE = /^[A-Z][A-Z0-9_]{1,40}$/;
/** A line of a stack that names a file of ours, as it was written or built. */
const PLACE = /^ +at .*\/(?:out\/main|src)\/([\w./-]+\.[jt]s:\d+:\d+)\)?$/;
const MAX_PLACES = 6;

/**
 * An error as it may stand in a log and on a terminal, in one line: its kind, its code and the places of our code that it
 * came through. The message of one that is not ours is left out, with all else that it carries: those of V8, Node and
 * libraries quote what they were given (JSON that cannot be parsed, a header that cannot be sent), which may be a secret.
 */
export function describeBug(error: unknown): string {
  if (!(error instanceof Error)) return `a ${typeof error} that was thrown`;
  const places = placesOf(error);
  return `${error instanceof AppError ? `${error.code}: ${error.message}` : kindOf(error)}${places && ` at ${places}`}`;
}

function kindOf(error: Error): string {
  // The name can be set to anything; that of the class stands in somebody's source.
  const { name } = Object.getPrototypeOf(error).constructor;
  const kind = KIND.test(name) ? name : "Error";
  const code = "code" in error && typeof error.code === "string" && CODE.test(error.code) ? ` ${error.code}` : "";
  return `${kind}${code}`;
}

function placesOf({ stack = "", message }: Error): string {
  const header = stack.indexOf(message);
  if (header < 0) return "";
  const lines = stack.slice(header + message.length).split("\n");
  const places = lines.map((line) => PLACE.exec(line)?.[1]).filter((place) => place !== undefined);
  return places.slice(0, MAX_PLACES).join(" < ");
}
