import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signBody } from "#core/lib/sign-body.ts";
import { diagnose, diagnoseIncomplete } from "#core/verification/diagnose.ts";
import type { KnownSecrets } from "#core/verification/known-secrets.ts";
import type { Diagnosis } from "#shared/domain/verification.ts";
import { BODY, bytes, OTHER, OWN, secrets, signed } from "./explain.ts";
import { known } from "./known.ts";

interface Told {
  readonly signature: string | null;
  readonly webhookId?: string | undefined;
  readonly secrets?: KnownSecrets;
  readonly body?: string;
  readonly words: readonly [title: string, explanation: string, advice: string];
}

const COMPACT = JSON.stringify(JSON.parse(BODY));
const RAW_BYTES = "Sign and check the raw bytes of the body, before any parser has touched them.";
const EXACT = "api.video writes 64 lower-case hex digits and nothing else. Have the sender do so too.";
const HMAC_SHA256 = "api.video signs with HMAC-SHA256. Have the sender do so too.";
const COMPARE =
  "Compare the secret with the one api.video shows for this webhook. If it is the same, the body was changed on its way, or somebody else sent it.";
const CONNECT = "Connect the api.video account it belongs to, or enter its secret, and it is checked again.";

const base64 = createHmac("sha256", OWN).update(BODY).digest("base64");
const sha1 = createHmac("sha1", OTHER).update(BODY).digest("hex");
const bareDigest = createHash("sha256").update(BODY).digest("hex");

/** The words are the product: each sentence that a user can meet, as it stands on the screen. */
const TOLD: Readonly<Record<string, Told>> = {
  "a signature that fits": {
    signature: signed(BODY),
    words: [
      "The signature fits.",
      "It is the HMAC-SHA256 of exactly these bytes with the secret of webhook_a.",
      "In your handler, do the same: the raw body, the whole secret, a constant-time comparison.",
    ],
  },
  "no signature": {
    signature: null,
    words: [
      "There is no signature.",
      "The request has no X-Api-Video-Signature header, and api.video signs every webhook it sends.",
      "Treat it as not from api.video. A handler that checks signatures answers such a request with 401.",
    ],
  },
  "no webhook named, and no secret known": {
    signature: signed(BODY),
    webhookId: undefined,
    secrets: known({}),
    words: [
      "There is no secret to check with.",
      "The request is signed, but it names no webhook, and no secret is known here.",
      "Connect api.video, enter the secret of your webhook, or start with APIVIDEO_WEBHOOK_SECRET set.",
    ],
  },
  "another webhook's secret": {
    signature: signed(BODY, OTHER),
    words: [
      "Signed with the secret of another webhook.",
      "The signature fits these bytes with the secret of webhook_b, not with that of webhook_a, which the request names.",
      "Choose the secret by the X-Api-Video-WebhookID header. Every webhook has its own, and a new webhook a new one.",
    ],
  },
  "re-serialised JSON": {
    signature: signed(COMPACT),
    words: [
      "Signed over re-serialised JSON, not over the bytes that were sent.",
      "The signature fits JSON.stringify of this body: 50 bytes were signed, 59 arrived. Whatever sent it parsed and rewrote the JSON after it was signed, or before signing it.",
      RAW_BYTES,
    ],
  },
  "re-serialised JSON, and another's secret": {
    signature: signed(COMPACT, OTHER),
    words: [
      "Signed over re-serialised JSON, not over the bytes that were sent.",
      "The signature fits JSON.stringify of this body with the secret of webhook_b: 50 bytes were signed, 59 arrived. Whatever sent it parsed and rewrote the JSON after it was signed, or before signing it.",
      RAW_BYTES,
    ],
  },
  "a lost newline": {
    signature: signed("{}\n"),
    body: "{}",
    words: [
      "A newline at the end of the body was lost after it was signed.",
      "The signature fits the body with a newline after it: 3 bytes were signed, 2 arrived.",
      `Look for a proxy, an editor or a test script that changes the body on its way. ${RAW_BYTES}`,
    ],
  },
  base64: {
    signature: base64,
    words: ["The right signature, written in another way.", "It fits once it is read as base64.", EXACT],
  },
  "three notations at once, and another's secret": {
    signature: ` sha256=${signed(BODY, OTHER).toUpperCase()}`,
    words: [
      "The right signature, written in another way.",
      "It fits with the secret of webhook_b once it is read as text with white space around it, a digest with its algorithm's name before it, hex digits in upper case.",
      EXACT,
    ],
  },
  "a newline in the secret": {
    signature: signed(BODY, `${OWN}\n`),
    words: [
      "Signed with another form of the secret.",
      "The signature fits with the known secret and a newline after it, as a file or a pipe leaves it (the secret of webhook_a).",
      "The key is the whole secret as api.video gives it, sig_sec_ included, with nothing around it.",
    ],
  },
  "SHA-1": {
    signature: sha1,
    words: [
      "Made with HMAC-SHA1, not with HMAC-SHA256.",
      "The signature fits these bytes as HMAC-SHA1 with the secret of webhook_b.",
      HMAC_SHA256,
    ],
  },
  "a digest without a key": {
    signature: bareDigest,
    words: [
      "Made with SHA-256 without a key, not with HMAC-SHA256.",
      "The signature is the bare SHA-256 of the body. No secret takes part, so anybody could have made it.",
      HMAC_SHA256,
    ],
  },
  "a placeholder": {
    signature: "abc123",
    words: [
      "This is no signature.",
      "The X-Api-Video-Signature header has 6 hex digits instead of 64. api.video writes 64 lower-case hex digits, and no other reading of it fits.",
      "Look at what makes the header: it may be cut, empty, or a placeholder.",
    ],
  },
  "an unknown webhook, and no secret": {
    signature: signed(BODY),
    webhookId: "webhook_x",
    secrets: known({}),
    words: [
      "The secret of this webhook is not known here.",
      "The request names webhook_x, and no secret is known to try. It may be right all the same.",
      CONNECT,
    ],
  },
  "an unknown webhook, and one secret": {
    signature: signed(BODY, "strange"),
    webhookId: "webhook_x",
    secrets: known({ webhook_a: [OWN] }),
    words: [
      "The secret of this webhook is not known here.",
      "The request names webhook_x, and the one known secret does not fit. It may be right all the same.",
      CONNECT,
    ],
  },
  "an unknown webhook, and two secrets": {
    signature: signed(BODY, "strange"),
    webhookId: "webhook_x",
    words: [
      "The secret of this webhook is not known here.",
      "The request names webhook_x, and none of the 2 known secrets fits. It may be right all the same.",
      CONNECT,
    ],
  },
  "a strange secret, and one to try": {
    signature: signed("{}", "strange"),
    secrets: known({ webhook_a: [OWN] }),
    body: "{}",
    words: [
      "The signature does not fit.",
      "The secret tried does not fit these bytes, and none of 10 variations of body, secret and notation does.",
      COMPARE,
    ],
  },
  "a strange secret, and two to try": {
    signature: signed("{}", "strange"),
    body: "{}",
    words: [
      "The signature does not fit.",
      "None of the 2 secrets tried fits these bytes, and none of 19 variations of body, secret and notation does.",
      COMPARE,
    ],
  },
};

const wordsOf = ({ title, explanation, advice }: Diagnosis) => [title, explanation, advice];

describe("the words of a diagnosis", () => {
  it.each(Object.entries(TOLD))("say what it is, how we know and what to do: %s", (_, told) => {
    const claim = {
      signatures: told.signature === null ? [] : [told.signature],
      webhookId: "webhookId" in told ? told.webhookId : "webhook_a",
      body: bytes(told.body ?? BODY),
    };

    expect(wordsOf(diagnose(claim, told.secrets ?? secrets))).toEqual(told.words);
  });

  it("say of a delivery that is not whole that nothing can be said", () => {
    expect(diagnoseIncomplete({ signatures: ["abc", "abc"] })).toEqual({
      state: "unchecked",
      title: "The signature cannot be checked.",
      explanation: "It is over all the bytes of the body, and only a part of them arrived.",
      advice: "Look at why it was cut or broke off: what is missing is not here.",
      received: "abc",
      computed: null,
      secretOf: null,
      evidence: null,
    });
  });

  it("say of a delivery that is neither whole nor signed that it is not signed", () => {
    const unsigned = diagnoseIncomplete({ signatures: [] });

    expect(wordsOf(unsigned)).toEqual(TOLD["no signature"]?.words);
    expect(unsigned).toMatchObject({ state: "unsigned", received: null, computed: null, secretOf: null });
  });

  it.each([
    ["came twice, with values that differ", [signed(BODY), "abc"], "came 2 times, with values that differ"],
    ["fits, but came with another one", [base64, "abc"], "came 2 times, with values that differ"],
    ["is white space", [" \t"], "is empty"],
    ["is a strange one in white space", [` ${"ab".repeat(32)}\t`], "has white space around it"],
    ["has a character too many", [`x${"ab".repeat(32)}`], 'has 65 characters, among them "x", which is no hex digit'],
    ["has a digit too many", [`sha256=${signed(BODY)}0`], 'has 72 characters, among them "s", which is no hex digit'],
  ])("say why a header is no signature: one that %s", (_, signatures, problem) => {
    const claim = { signatures, webhookId: "webhook_a", body: bytes(BODY) };

    expect(diagnose(claim, secrets).evidence).toEqual({ kind: "malformed", problem });
  });

  it("cut what the sender made long", () => {
    const claim = { signatures: ["f".repeat(5_000)], webhookId: "w".repeat(5_000), body: bytes(BODY) };

    expect(diagnoseIncomplete(claim).received).toBe("f".repeat(1_000));
    const unknown = diagnose(claim, known({}));
    expect(unknown.received).toBe("f".repeat(1_000));
    expect(unknown.evidence).toMatchObject({ kind: "unknown-webhook", webhookId: "w".repeat(200) });
    const others = diagnose({ ...claim, signatures: [signBody(claim.body, OTHER)] }, secrets);
    expect(others.explanation).toContain(` ${"w".repeat(1_000)},`);
  });
});
