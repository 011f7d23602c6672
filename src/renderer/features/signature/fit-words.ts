import { assertNever } from "#shared/assert-never.ts";
import { ALGORITHM_NAMES, BODY_WORDS, JSON_STYLE_NAMES, SECRET_WORDS } from "#shared/domain/variant-words.ts";
import type { Evidence } from "#shared/domain/verification.ts";

/** What the signature that came does fit, to be read after "It fits"; null where nothing that was tried does. */
export function fitWords(evidence: Evidence): string | null {
  switch (evidence.kind) {
    case "other-secret":
      return `the secret of ${evidence.fitsSecretOf}`;
    case "reserialised":
      return `${JSON_STYLE_NAMES[evidence.style]} of this body`;
    case "body-variant":
      return BODY_WORDS[evidence.variant].fits;
    case "secret-variant":
      return SECRET_WORDS[evidence.variant];
    case "algorithm":
      return ALGORITHM_NAMES[evidence.algorithm];
    case "signature-encoding":
    case "malformed":
    case "unknown-webhook":
    case "none":
      return null;
    default:
      return assertNever(evidence);
  }
}
