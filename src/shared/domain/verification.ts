import * as z from "zod";

/**
 * verified: the signature fits the secret of the webhook it names. failed: a secret is known and does not fit.
 * unsigned: no signature header. unchecked: there is no secret to check with.
 */
export const VerificationState = z.enum(["verified", "failed", "unsigned", "unchecked"]);
export type VerificationState = z.infer<typeof VerificationState>;

export const VerificationCause = z.enum([
  "wrong-secret",
  "reserialised-body",
  "body-altered",
  "encoding",
  "secret-form",
  "algorithm",
  "malformed-signature",
  "unknown-webhook",
  "no-match",
]);
export type VerificationCause = z.infer<typeof VerificationCause>;

export const Verification = z.object({ state: VerificationState, cause: VerificationCause.optional() });
export type Verification = z.infer<typeof Verification>;

/**
 * A stretch of bytes that differs: what was received there, and what was signed. Offsets count in bytes from the start
 * of each body, `…Bytes` is how long the stretch is in each; the texts hold at most its first 64 bytes.
 */
export const ByteChange = z.object({
  offset: z.int(),
  receivedBytes: z.int(),
  received: z.string(),
  signedOffset: z.int(),
  signedBytes: z.int(),
  signed: z.string(),
});
export type ByteChange = z.infer<typeof ByteChange>;

/**
 * Which serialiser writes the JSON that was signed: `JSON.stringify` bare or indented; Python's `json.dumps`; PHP's
 * `json_encode`, which escapes slashes and all that is not ASCII; or `JSON.stringify` with the keys in order.
 */
export const JsonStyle = z.enum(["compact", "indented-2", "indented-4", "python", "php", "sorted-keys"]);
export type JsonStyle = z.infer<typeof JsonStyle>;

/** What was done to the received body so that the signature fits: `newline-added` fits with a newline after the body. */
export const BodyVariant = z.enum([
  "trimmed",
  "newline-added",
  "newline-removed",
  "crlf-to-lf",
  "lf-to-crlf",
  "bom-removed",
  "bom-added",
  "latin1-to-utf8",
  "utf8-to-latin1",
]);
export type BodyVariant = z.infer<typeof BodyVariant>;

/** How the signature was written, other than as 64 lower-case hex digits. `prefix` is an algorithm's name before it. */
export const SignatureEncoding = z.enum(["base64", "base64url", "uppercase", "prefix", "whitespace"]);
export type SignatureEncoding = z.infer<typeof SignatureEncoding>;

/** What was done to the known secret so that the signature fits: `prefix-cut-off` fits without the leading `sig_sec_`. */
export const SecretVariant = z.enum([
  "prefix-cut-off",
  "prefix-added",
  "trailing-newline",
  "surrounding-space",
  "quoted",
  "base64-decoded",
]);
export type SecretVariant = z.infer<typeof SecretVariant>;

export const SignatureAlgorithm = z.enum(["sha1", "sha384", "sha512", "sha256-without-key"]);
export type SignatureAlgorithm = z.infer<typeof SignatureAlgorithm>;

/** The body that arrived and the one that was signed, where they are not the same. */
const twoBodies = {
  receivedBytes: z.int(),
  signedBytes: z.int(),
  /** The first 64 KiB of the bytes that were signed. */
  signedBodyBase64: z.string(),
  /** In order, at most 50; what they leave out is the same in both bodies. */
  changes: z.array(ByteChange),
  moreChanges: z.boolean(),
};

/** Whose secret it fits with: a webhook's id or APIVIDEO_WEBHOOK_SECRET. Mostly, not always, that of the webhook named. */
const fitsSecretOf = z.string();

/**
 * What was found when the check was done again with variations. Facts only: each kind names the one variation that
 * makes the signature fit, or says that none of those tried did.
 */
export const Evidence = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("other-secret"), fitsSecretOf }),
  z.object({ kind: z.literal("reserialised"), style: JsonStyle, fitsSecretOf, ...twoBodies }),
  z.object({ kind: z.literal("body-variant"), variant: BodyVariant, fitsSecretOf, ...twoBodies }),
  /** All that had to be undone, outermost first; mostly one. */
  z.object({ kind: z.literal("signature-encoding"), encodings: z.array(SignatureEncoding).min(1), fitsSecretOf }),
  z.object({ kind: z.literal("secret-variant"), variant: SecretVariant, fitsSecretOf }),
  /** Null where no secret takes part: `sha256-without-key`. */
  z.object({ kind: z.literal("algorithm"), algorithm: SignatureAlgorithm, fitsSecretOf: fitsSecretOf.nullable() }),
  z.object({ kind: z.literal("malformed"), problem: z.string() }),
  z.object({ kind: z.literal("unknown-webhook"), webhookId: z.string(), secretsTried: z.int() }),
  z.object({ kind: z.literal("none"), secretsTried: z.int(), variationsTried: z.int() }),
]);
export type Evidence = z.infer<typeof Evidence>;

/**
 * The full account of one check. `computed` is the lowercase hex HMAC-SHA256 of the body with the secret that counts
 * for this delivery, null where there is none. `secretOf` names whose secret that is, never the secret.
 */
export const Diagnosis = Verification.extend({
  title: z.string(),
  explanation: z.string(),
  advice: z.string(),
  received: z.string().nullable(),
  computed: z.string().nullable(),
  secretOf: z.string().nullable(),
  evidence: Evidence.nullable(),
});
export type Diagnosis = z.infer<typeof Diagnosis>;
