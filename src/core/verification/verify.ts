import type { Verification } from "#shared/domain/verification.ts";
import { type Claim, checkExact } from "./check-exact.ts";
import { causeOf, findEvidence } from "./find-evidence.ts";
import type { KnownSecrets } from "./known-secrets.ts";

/**
 * Above this the cause of a failure is left to `diagnose`, which runs when somebody looks: at capture it would hold up
 * the deliveries behind it. api.video's own bodies have some 200 bytes.
 */
const MAX_EXPLAINED_BYTES = 16 * 1024;

/**
 * Proves or disproves one delivery. What is verified costs one HMAC; a failure costs some hundred of a small body, to
 * name its cause. A failed delivery with a large body has a cause only where another known secret fits it exactly.
 * Never throws, whatever comes.
 */
export function verify(claim: Claim, secrets: KnownSecrets): Verification {
  const check = checkExact(claim, secrets);
  const isExplained = check.fitting !== undefined || check.state === "unchecked";
  if (!isExplained && claim.body.length > MAX_EXPLAINED_BYTES) return { state: check.state };
  const finding = findEvidence(claim, check, secrets);
  return finding === null ? { state: check.state } : { state: check.state, cause: causeOf(finding.evidence) };
}
