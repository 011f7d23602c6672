import type { VerificationState } from "#shared/domain/verification.ts";
import { type Candidate, countingSecrets, type KnownSecrets, otherSecrets } from "./known-secrets.ts";
import { fits, parseSignature } from "./signature.ts";

/**
 * Whoever sends chooses the body and what it names: the work for one delivery has an end. A body above 64 MiB is still
 * tried with one secret.
 */
const MAX_SECRETS_TRIED = 100;
const MAX_BYTES_HASHED = 64 * 1024 * 1024;

/** What a delivery says of its origin. Header values as they came, one byte per character. */
export interface Claim {
  /** Every value of the signature header, in order; empty where there is none. */
  readonly signatures: readonly string[];
  /** The first value of the webhook id header; an empty one names nothing. */
  readonly webhookId: string | undefined;
  /** The exact bytes that arrived. */
  readonly body: Uint8Array;
}

export interface ExactCheck {
  readonly state: VerificationState;
  /** The secrets that count for this delivery, newest first. */
  readonly counting: readonly Candidate[];
  /** The one that fits: a counting one where `verified`, another one where `failed`. */
  readonly fitting?: Candidate;
  readonly secretsTried: number;
}

/** The check that decides the state: exact bytes, exact signature, nothing parsed. Never throws. */
export function checkExact(claim: Claim, secrets: KnownSecrets): ExactCheck {
  const counting = countingSecrets(claim.webhookId, secrets);
  if (claim.signatures.length === 0) return { state: "unsigned", counting, secretsTried: 0 };

  const signature = exactSignature(claim);
  if (signature === null) return { state: undecided(counting), counting, secretsTried: 0 };

  const limit = Math.max(1, Math.min(MAX_SECRETS_TRIED, Math.floor(MAX_BYTES_HASHED / (claim.body.length + 1))));
  const ownTried = counting.slice(0, limit);
  const own = ownTried.find(({ secret }) => fits(signature, secret, claim.body));
  if (own !== undefined) return { state: "verified", counting, fitting: own, secretsTried: ownTried.length };

  const othersTried = otherSecrets(claim.webhookId, secrets).slice(0, limit - ownTried.length);
  const secretsTried = ownTried.length + othersTried.length;
  const other = othersTried.find(({ secret }) => fits(signature, secret, claim.body));
  if (other !== undefined) return { state: "failed", counting, fitting: other, secretsTried };
  return { state: undecided(counting), counting, secretsTried };
}

/** The one signature of a delivery where it has the exact form; null where it has another, or several that differ. */
export function exactSignature({ signatures }: Claim): Buffer | null {
  const [first] = signatures;
  return first === undefined || hasConflict(signatures) ? null : parseSignature(first);
}

/** A proxy may double a header; two that differ are no signature. */
export function hasConflict(signatures: readonly string[]): boolean {
  return signatures.some((signature) => signature !== signatures[0]);
}

function undecided(counting: readonly Candidate[]): VerificationState {
  return counting.length > 0 ? "failed" : "unchecked";
}
