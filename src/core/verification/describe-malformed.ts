import { hasConflict } from "./check-exact.ts";

/** Says, as the end of "The signature …", why these header values are no signature of api.video's. */
export function describeMalformed(signatures: readonly string[]): string {
  const text = signatures[0] ?? "";
  if (hasConflict(signatures)) return `came ${signatures.length} times, with values that differ`;
  if (text.trim() === "") return "is empty";
  if (text.trim() !== text) return "has white space around it";
  const strange = [...text].find((character) => !/[0-9a-f]/i.test(character));
  if (strange !== undefined) {
    return `has ${text.length} characters, among them ${JSON.stringify(strange)}, which is no hex digit`;
  }
  if (text.length !== 64) return `has ${text.length} hex digits instead of 64`;
  return "has hex digits in upper case";
}
