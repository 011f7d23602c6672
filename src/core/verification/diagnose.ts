import type { Diagnosis } from "#shared/domain/verification.ts";
import { signBody } from "../lib/sign-body.ts";
import { type Claim, checkExact, type ExactCheck } from "./check-exact.ts";
import { diagnosisWords } from "./diagnosis-words.ts";
import { causeOf, type Finding, findEvidence } from "./find-evidence.ts";
import type { Candidate, KnownSecrets } from "./known-secrets.ts";

/** Header texts are the sender's: what is longer is cut. */
const MAX_SHOWN_LENGTH = 1_000;

/**
 * The full account of one check: the state that `verify` gives, the cause with its evidence also where the body is
 * large, and words for the user. Secrets appear nowhere in it. Costs up to some tenths of a second for bodies of many
 * megabytes that fail; never throws.
 */
export function diagnose(claim: Claim, secrets: KnownSecrets): Diagnosis {
  const check = checkExact(claim, secrets);
  const finding = findEvidence(claim, check, secrets);
  const counting = countingSecret(claim, check, finding);
  const evidence = finding?.evidence ?? null;
  const webhookId = claim.webhookId?.slice(0, MAX_SHOWN_LENGTH);
  return {
    state: check.state,
    ...(evidence && { cause: causeOf(evidence) }),
    ...diagnosisWords({ state: check.state, evidence, webhookId, secretOf: counting?.of }),
    received: claim.signatures.length === 0 ? null : distinct(claim.signatures).slice(0, MAX_SHOWN_LENGTH),
    computed: counting === undefined ? null : signBody(claim.body, counting.secret),
    secretOf: counting?.of ?? null,
    evidence,
  };
}

/** The account of a delivery of which only a part arrived: a signature is over all bytes, so nothing can be said of it. */
export function diagnoseIncomplete({ signatures }: Pick<Claim, "signatures">): Diagnosis {
  const nothing = { computed: null, secretOf: null, evidence: null };
  if (signatures.length === 0) {
    const words = diagnosisWords({ state: "unsigned", evidence: null, webhookId: undefined, secretOf: undefined });
    return { state: "unsigned", ...words, received: null, ...nothing };
  }
  return {
    state: "unchecked",
    title: "The signature cannot be checked.",
    explanation: "It is over all the bytes of the body, and only a part of them arrived.",
    advice: "Look at why it was cut or broke off: what is missing is not here.",
    received: distinct(signatures).slice(0, MAX_SHOWN_LENGTH),
    ...nothing,
  };
}

/**
 * The secret to show the expected signature for: the one that fits, else the newest that counts. Undefined where none
 * counts, or where several webhooks could be meant.
 */
function countingSecret(claim: Claim, check: ExactCheck, finding: Finding | null): Candidate | undefined {
  if (check.state === "verified") return check.fitting;
  const fitting = check.counting.find((candidate) => candidate.secret === finding?.candidate?.secret);
  const isMeant = Boolean(claim.webhookId) || check.counting.length === 1;
  return fitting ?? (isMeant ? check.counting[0] : undefined);
}

function distinct(signatures: readonly string[]): string {
  return [...new Set(signatures)].join(", ");
}
