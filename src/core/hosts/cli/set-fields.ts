import { AppError } from "#shared/errors.ts";
import { type JsonObject, setPath } from "../../lib/set-path.ts";

/** TypeScript does not know yet what Node has: the text of each value, and a way to write a number as it stood. */
const { parse, rawJSON } = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/**
 * A JSON object as text with fields set by their paths, written anew and compact. Numbers that are not set stay as they
 * stood, also those that JavaScript would round. Throws AppError `input.invalid`.
 */
export function setFields(text: string, fields: Readonly<Record<string, unknown>>): string {
  const object = readObject(text);
  for (const [path, value] of Object.entries(fields)) {
    try {
      // Every value came out of JSON.parse, or is a text.
      setPath(object, path, value as JsonObject);
    } catch (error) {
      if (error instanceof AppError) throw error;
      // A number kept as text cannot be written to.
      throw new AppError("input.invalid", `The path ${JSON.stringify(path)} leads through a number.`, { cause: error });
    }
  }
  return JSON.stringify(object);
}

function readObject(text: string): JsonObject {
  try {
    const value = parse(text, (_key, part, { source }) =>
      typeof part === "number" && source !== undefined && String(part) !== source ? rawJSON(source) : part,
    );
    // What was parsed is JSON.
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below in one way for all that is no object.
  }
  throw new AppError(
    "input.invalid",
    "The body is no JSON object, so no field of it can be set. Give another with --body-file.",
  );
}
