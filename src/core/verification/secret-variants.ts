import type { SecretVariant } from "#shared/domain/verification.ts";
import type { SecretKey } from "./signature.ts";

const PREFIX = "sig_sec_";

/** What somebody may have used as the key instead of the secret itself. Variants that change nothing are left out. */
export function secretVariants(secret: string): { readonly variant: SecretVariant; readonly key: SecretKey }[] {
  const hasPrefix = secret.startsWith(PREFIX);
  const bare = hasPrefix ? secret.slice(PREFIX.length) : secret;
  const variants: { variant: SecretVariant; key: SecretKey }[] = [
    hasPrefix ? { variant: "prefix-cut-off", key: bare } : { variant: "prefix-added", key: PREFIX + secret },
    { variant: "trailing-newline", key: `${secret}\n` },
    { variant: "trailing-newline", key: `${secret}\r\n` },
    { variant: "surrounding-space", key: secret.trim() },
    { variant: "quoted", key: `"${secret}"` },
    { variant: "quoted", key: `'${secret}'` },
    { variant: "quoted", key: secret.replace(/^(["'])(.*)\1$/s, "$2") },
  ];
  if (/^[\w+/-]+={0,2}$/.test(bare)) variants.push({ variant: "base64-decoded", key: Buffer.from(bare, "base64") });
  return variants.filter(({ key }) => key !== secret);
}
