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

/** A stretch of bytes that differs; offsets count in bytes from the start of each body, texts are at most 64 bytes long. */
export const ByteChange = z.object({
  offset: z.int(),
  received: z.string(),
  signedOffset: z.int(),
  signed: z.string(),
});
export type ByteChange = z.infer<typeof ByteChange>;

/**
 * What was found when the check was done again with variations. Facts only: each kind names the one variation that
 * makes the signature fit, or says that none of those tried did.
 */
export const Evidence = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("other-secret"), fitsSecretOf: z.string() }),
  z.object({
    kind: z.literal("reserialised"),
    receivedBytes: z.int(),
    signedBytes: z.int(),
    signedBodyBase64: z.string(),
    changes: z.array(ByteChange),
    moreChanges: z.boolean(),
  }),
  z.object({
    kind: z.literal("body-variant"),
    variant: z.enum([
      "trimmed",
      "newline-added",
      "newline-removed",
      "crlf-to-lf",
      "lf-to-crlf",
      "bom-removed",
      "bom-added",
      "latin1-to-utf8",
      "utf8-to-latin1",
    ]),
    receivedBytes: z.int(),
    signedBytes: z.int(),
  }),
  z.object({
    kind: z.literal("signature-encoding"),
    encoding: z.enum(["base64", "base64url", "uppercase", "prefix", "whitespace"]),
  }),
  z.object({
    kind: z.literal("secret-variant"),
    variant: z.enum(["prefix-cut-off", "trailing-newline", "surrounding-space", "base64-decoded"]),
  }),
  z.object({ kind: z.literal("algorithm"), algorithm: z.enum(["sha1", "sha512", "sha384", "sha256-without-key"]) }),
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
