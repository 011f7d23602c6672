import { InvalidArgumentError } from "commander";

/** For a repeatable `--set path=value`: all fields so far, with one more. Throws InvalidArgumentError. */
export function collectField(text: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Write it as path=value.");
  return { ...fields, [text.slice(0, at)]: readValue(text.slice(at + 1)) };
}

/** `3`, `true`, `null`, `{"a":1}` are read as JSON; everything else is text, without quotes. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
