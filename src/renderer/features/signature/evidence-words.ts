import type { SecretVariant, SignatureEncoding } from "#shared/domain/verification.ts";

export const NOTATION_STEPS: Readonly<Record<SignatureEncoding, string>> = {
  whitespace: "White space around it, taken off",
  prefix: "The algorithm's name before it, taken off",
  uppercase: "Upper case, made lower",
  base64: "Base64, decoded and written in hex",
  base64url: "URL-safe base64, decoded and written in hex",
};

const DOTS = "••••••••";
const WHOLE = `sig_sec_${DOTS}`;

/** How the key that was used differs from the one to use; dots stand for the secret, which is never shown. */
export const SECRET_PICTURES: Readonly<Record<SecretVariant, { readonly used: string; readonly right: string }>> = {
  "prefix-cut-off": { used: DOTS, right: WHOLE },
  "prefix-added": { used: WHOLE, right: `the secret as it is known here, without sig_sec_: look it up at api.video` },
  "trailing-newline": { used: `${WHOLE}\n`, right: WHOLE },
  "surrounding-space": { used: WHOLE, right: `the same; the secret known here has white space around it` },
  quoted: { used: `"${WHOLE}", or the same without quotation marks that are kept here`, right: WHOLE },
  "base64-decoded": { used: `the bytes that ${DOTS} stands for in base64`, right: `${WHOLE} as text` },
};
