import { type Fingerprint, placeholderText } from "./placeholder.ts";

/** A rule for what is in a body, and what is told each time it takes something out. */
export interface ContentRule {
  readonly kind: "body" | "value";
  /** Of `body` the path, of `value` the text. */
  readonly text: string;
  count(): void;
}

/** Puts placeholders in place of the rules' texts, in each of the forms that a text can have there. */
export function takeOutTexts(
  from: string,
  rules: readonly ContentRule[],
  fingerprint: Fingerprint,
  formsOf: (text: string) => readonly string[] = (text) => [text],
): string {
  let left = from;
  for (const rule of rules) {
    for (const form of new Set(formsOf(rule.text))) {
      if (!left.includes(form)) continue;
      const pieces = left.split(form);
      for (let n = 1; n < pieces.length; n++) rule.count();
      left = pieces.join(placeholderText(fingerprint, rule.text));
    }
  }
  return left;
}
