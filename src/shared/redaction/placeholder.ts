/**
 * Eight hex digits for a value, always the same for the same one, from which nobody can tell what it was: a keyed hash.
 */
export type Fingerprint = (value: string) => string;

/** What stands in place of a text. */
export function placeholderText(fingerprint: Fingerprint, value: string): string {
  return `redacted-${fingerprint(value)}`;
}

/** Whether a text is what stands in place of another. */
export function isPlaceholder(text: string): boolean {
  return /^redacted-[0-9a-f]{8}$/.test(text);
}

/** What stands in place of a JSON number, as one of nine digits: whoever reads it still gets a number. */
export function placeholderNumber(fingerprint: Fingerprint, value: string): string {
  return String(100_000_000 + (Number.parseInt(fingerprint(value), 16) % 900_000_000));
}
