import { createHash } from "node:crypto";
import { assertNever } from "#shared/assert-never.ts";
import type { Evidence, VerificationCause } from "#shared/domain/verification.ts";
import { bodyVariants } from "./body-variants.ts";
import { type Claim, type ExactCheck, exactSignature, hasConflict } from "./check-exact.ts";
import { describeMalformed } from "./describe-malformed.ts";
import { type JsonRewrite, jsonRewrites } from "./json-rewrites.ts";
import { type Candidate, type KnownSecrets, otherSecrets } from "./known-secrets.ts";
import { secretVariants } from "./secret-variants.ts";
import { fits, type HmacAlgorithm, hmac, isSame, type SecretKey } from "./signature.ts";
import { readSignature, type SignatureReading } from "./signature-readings.ts";
import { twoBodies } from "./two-bodies.ts";

/** Variations are tried with this many secrets, those that count for the delivery first, the newest of each first. */
const MAX_VARIED_SECRETS = 5;
/** Variations of a large body end here: some tenths of a second, and the likeliest ones come first. */
const MAX_VARIED_BYTES = 64 * 1024 * 1024;
/** Ids are text of the sender. */
const MAX_ID_LENGTH = 200;

/** Evidence, and the secret it was found with. */
export interface Finding {
  readonly evidence: Evidence;
  readonly candidate?: Candidate;
}

/** Counts variations, and says when enough bytes were hashed. */
interface Trials {
  readonly count: number;
  mayHash(bytes: number): boolean;
}

/** Why a delivery could not be verified; null where there is nothing to say (verified, unsigned, no secrets at all). */
export function findEvidence(claim: Claim, check: ExactCheck, secrets: KnownSecrets): Finding | null {
  const { state, fitting, secretsTried } = check;
  if (state === "verified" || state === "unsigned") return null;
  if (fitting !== undefined)
    return { evidence: { kind: "other-secret", fitsSecretOf: fitting.of }, candidate: fitting };
  if (state === "unchecked") {
    if (!claim.webhookId) return null;
    const webhookId = claim.webhookId.slice(0, MAX_ID_LENGTH);
    return { evidence: { kind: "unknown-webhook", webhookId, secretsTried } };
  }
  if (hasConflict(claim.signatures)) return { evidence: malformed(claim) };

  const trials = createTrials();
  const candidates = [...check.counting, ...otherSecrets(claim.webhookId, secrets)].slice(0, MAX_VARIED_SECRETS);
  const found = tryVariations(claim, candidates, trials);
  if (found !== null) return found;
  if (exactSignature(claim) === null) return { evidence: malformed(claim) };
  return { evidence: { kind: "none", secretsTried, variationsTried: trials.count } };
}

/** The one word that lists show for a piece of evidence. */
export function causeOf(evidence: Evidence): VerificationCause {
  switch (evidence.kind) {
    case "other-secret":
      return "wrong-secret";
    case "reserialised":
      return "reserialised-body";
    case "body-variant":
      return "body-altered";
    case "signature-encoding":
      return "encoding";
    case "secret-variant":
      return "secret-form";
    case "algorithm":
      return "algorithm";
    case "malformed":
      return "malformed-signature";
    case "unknown-webhook":
      return "unknown-webhook";
    case "none":
      return "no-match";
    default:
      return assertNever(evidence);
  }
}

function tryVariations(claim: Claim, candidates: readonly Candidate[], trials: Trials): Finding | null {
  const { body } = claim;
  const readings = readSignature(claim.signatures[0] ?? "");
  const signature = exactSignature(claim);
  const bodies = signature === null ? [] : [...bodyVariants(body)];
  let rewrites: readonly JsonRewrite[] | undefined;

  for (const candidate of candidates) {
    const asWritten = tryReadings(readings, candidate, body, trials);
    if (asWritten !== null) return { evidence: asWritten, candidate };
    if (signature === null) continue;
    const fitsWith = (key: SecretKey, bytes: Uint8Array) => trials.mayHash(bytes.length) && fits(signature, key, bytes);
    const fitsSecretOf = candidate.of;

    for (const { variant, key } of secretVariants(candidate.secret)) {
      if (fitsWith(key, body)) return { evidence: { kind: "secret-variant", variant, fitsSecretOf }, candidate };
    }
    for (const { variant, bytes } of bodies) {
      if (!fitsWith(candidate.secret, bytes)) continue;
      return { evidence: { kind: "body-variant", variant, fitsSecretOf, ...twoBodies(body, bytes) }, candidate };
    }
    rewrites ??= jsonRewrites(body);
    for (const { style, bytes } of rewrites) {
      if (!fitsWith(candidate.secret, bytes)) continue;
      return { evidence: { kind: "reserialised", style, fitsSecretOf, ...twoBodies(body, bytes) }, candidate };
    }
  }
  return tryWithoutKey(readings, body, trials);
}

/** The exact body and secret, but a signature in another notation or of another algorithm. */
function tryReadings(
  readings: readonly SignatureReading[],
  { of, secret }: Candidate,
  body: Uint8Array,
  trials: Trials,
): Evidence | null {
  for (const { bytes, encodings } of readings) {
    const algorithm = ALGORITHM_OF_LENGTH.get(bytes.length);
    const [first, ...rest] = encodings;
    // Plain hex of 32 bytes is the exact form, which was tried before.
    if (algorithm === undefined || (algorithm === "sha256" && first === undefined)) continue;
    if (!trials.mayHash(body.length) || !isSame(bytes, hmac(algorithm, secret, body))) continue;
    if (algorithm !== "sha256") return { kind: "algorithm", algorithm, fitsSecretOf: of };
    if (first !== undefined) return { kind: "signature-encoding", encodings: [first, ...rest], fitsSecretOf: of };
  }
  return null;
}

const ALGORITHM_OF_LENGTH: ReadonlyMap<number, HmacAlgorithm> = new Map([
  [20, "sha1"],
  [32, "sha256"],
  [48, "sha384"],
  [64, "sha512"],
]);

/** A checksum that anybody can compute: it fits, and proves nothing. */
function tryWithoutKey(readings: readonly SignatureReading[], body: Uint8Array, trials: Trials): Finding | null {
  if (!trials.mayHash(body.length)) return null;
  const digest = createHash("sha256").update(body).digest();
  if (!readings.some(({ bytes }) => isSame(bytes, digest))) return null;
  return { evidence: { kind: "algorithm", algorithm: "sha256-without-key", fitsSecretOf: null } };
}

function malformed({ signatures }: Claim): Evidence {
  return { kind: "malformed", problem: describeMalformed(signatures) };
}

function createTrials(): Trials {
  let count = 0;
  let hashedBytes = 0;
  return {
    get count() {
      return count;
    },
    mayHash(bytes) {
      if (hashedBytes + bytes > MAX_VARIED_BYTES) return false;
      hashedBytes += bytes;
      count += 1;
      return true;
    },
  };
}
