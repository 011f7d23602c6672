import { assertNever } from "#shared/assert-never.ts";
import {
  ALGORITHM_NAMES,
  BODY_WORDS,
  ENCODING_WORDS,
  JSON_STYLE_NAMES,
  SECRET_WORDS,
} from "#shared/domain/variant-words.ts";
import type { Evidence, VerificationState } from "#shared/domain/verification.ts";

export interface DiagnosisWords {
  readonly title: string;
  readonly explanation: string;
  readonly advice: string;
}

interface Diagnosed {
  readonly state: VerificationState;
  readonly evidence: Evidence | null;
  readonly webhookId: string | undefined;
  /** Whose secret counts, where one does. */
  readonly secretOf: string | undefined;
}

const RAW_BYTES_ADVICE = "Sign and check the raw bytes of the body, before any parser has touched them.";

/** What a check found, in plain words: what it is, how we know, what to do. */
export function diagnosisWords(diagnosed: Diagnosed): DiagnosisWords {
  const { state, evidence, webhookId, secretOf } = diagnosed;
  if (evidence !== null) return evidenceWords(evidence, webhookId);
  switch (state) {
    case "verified":
      return {
        title: "The signature fits.",
        explanation: `It is the HMAC-SHA256 of exactly these bytes with the secret of ${secretOf}.`,
        advice: "In your handler, do the same: the raw body, the whole secret, a constant-time comparison.",
      };
    case "unsigned":
      return {
        title: "There is no signature.",
        explanation: "The request has no X-Api-Video-Signature header, and api.video signs every webhook it sends.",
        advice: "Treat it as not from api.video. A handler that checks signatures answers such a request with 401.",
      };
    case "unchecked":
    case "failed":
      return {
        title: "There is no secret to check with.",
        explanation: "The request is signed, but it names no webhook, and no secret is known here.",
        advice: "Connect api.video, enter the secret of your webhook, or start with APIVIDEO_WEBHOOK_SECRET set.",
      };
    default:
      return assertNever(state);
  }
}

function evidenceWords(evidence: Evidence, webhookId: string | undefined): DiagnosisWords {
  switch (evidence.kind) {
    case "other-secret":
      return {
        title: "Signed with the secret of another webhook.",
        explanation: `The signature fits these bytes with the secret of ${evidence.fitsSecretOf}, not with that of ${
          webhookId ?? "the webhook it belongs to"
        }, which the request names.`,
        advice:
          "Choose the secret by the X-Api-Video-WebhookID header. Every webhook has its own, and a new webhook a new one.",
      };
    case "reserialised":
      return {
        title: "Signed over re-serialised JSON, not over the bytes that were sent.",
        explanation: `The signature fits ${JSON_STYLE_NAMES[evidence.style]} of this body${withSecretOf(evidence.fitsSecretOf, webhookId)}: ${evidence.signedBytes} bytes were signed, ${evidence.receivedBytes} arrived. Whatever sent it parsed and rewrote the JSON after it was signed, or before signing it.`,
        advice: RAW_BYTES_ADVICE,
      };
    case "body-variant":
      return {
        title: BODY_WORDS[evidence.variant].title,
        explanation: `The signature fits ${BODY_WORDS[evidence.variant].fits}${withSecretOf(evidence.fitsSecretOf, webhookId)}: ${evidence.signedBytes} bytes were signed, ${evidence.receivedBytes} arrived.`,
        advice: `Look for a proxy, an editor or a test script that changes the body on its way. ${RAW_BYTES_ADVICE}`,
      };
    case "signature-encoding":
      return {
        title: "The right signature, written in another way.",
        explanation: `It fits${withSecretOf(evidence.fitsSecretOf, webhookId)} once it is read as ${evidence.encodings.map((encoding) => ENCODING_WORDS[encoding]).join(", ")}.`,
        advice: "api.video writes 64 lower-case hex digits and nothing else. Have the sender do so too.",
      };
    case "secret-variant":
      return {
        title: "Signed with another form of the secret.",
        explanation: `The signature fits with ${SECRET_WORDS[evidence.variant]} (the secret of ${evidence.fitsSecretOf}).`,
        advice: "The key is the whole secret as api.video gives it, sig_sec_ included, with nothing around it.",
      };
    case "algorithm":
      return {
        title: `Made with ${ALGORITHM_NAMES[evidence.algorithm]}, not with HMAC-SHA256.`,
        explanation:
          evidence.fitsSecretOf === null
            ? "The signature is the bare SHA-256 of the body. No secret takes part, so anybody could have made it."
            : `The signature fits these bytes as ${ALGORITHM_NAMES[evidence.algorithm]} with the secret of ${evidence.fitsSecretOf}.`,
        advice: "api.video signs with HMAC-SHA256. Have the sender do so too.",
      };
    case "malformed":
      return {
        title: "This is no signature.",
        explanation: `The X-Api-Video-Signature header ${evidence.problem}. api.video writes 64 lower-case hex digits, and no other reading of it fits.`,
        advice: "Look at what makes the header: it may be cut, empty, or a placeholder.",
      };
    case "unknown-webhook":
      return {
        title: "The secret of this webhook is not known here.",
        explanation: `The request names ${evidence.webhookId}, and ${
          evidence.secretsTried === 0
            ? "no secret is known to try."
            : evidence.secretsTried === 1
              ? "the one known secret does not fit."
              : `none of the ${evidence.secretsTried} known secrets fits.`
        } It may be right all the same.`,
        advice: "Connect the api.video account it belongs to, or enter its secret, and it is checked again.",
      };
    case "none":
      return {
        title: "The signature does not fit.",
        explanation: `${
          evidence.secretsTried === 1 ? "The secret" : `None of the ${evidence.secretsTried} secrets`
        } tried ${evidence.secretsTried === 1 ? "does not fit" : "fits"} these bytes, and none of ${evidence.variationsTried} variations of body, secret and notation does.`,
        advice:
          "Compare the secret with the one api.video shows for this webhook. If it is the same, the body was changed on its way, or somebody else sent it.",
      };
    default:
      return assertNever(evidence);
  }
}

/** Said only where it is not the secret that anybody would expect. */
function withSecretOf(fitsSecretOf: string, webhookId: string | undefined): string {
  return fitsSecretOf === webhookId ? "" : ` with the secret of ${fitsSecretOf}`;
}
