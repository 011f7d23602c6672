import { describe, expect, it } from "vitest";
import { diagnose } from "#core/verification/diagnose.ts";
import { type KnownSecrets, onlySecret, signingSecret } from "#core/verification/known-secrets.ts";
import { BODY, bytes, OTHER, OWN, signed } from "./explain.ts";
import { known } from "./known.ts";

const PAST = "sig_sec_TestPastSecret001";
const ENVIRONMENT = "sig_sec_TestEnvironment01";
const COMPACT = JSON.stringify(JSON.parse(BODY));
const none = known({});
const one = known({ webhook_a: [OWN, PAST] });
const two = known({ webhook_a: [OWN, PAST], webhook_b: [OTHER] });
const environment = known({}, ENVIRONMENT);
const both = known({ webhook_a: [OWN], webhook_b: [OTHER] }, ENVIRONMENT);

describe("the secrets tried", () => {
  it.each<[string, KnownSecrets, string | undefined, number]>([
    ["all, each once, where no webhook is named", two, undefined, 3],
    ["all and the environment's, each once, where no webhook is named", both, undefined, 3],
    ["the webhook's own and all others", two, "webhook_b", 3],
    ["the environment's after those of a known webhook", both, "webhook_a", 3],
    ["the environment's, once, and all others for an unknown webhook", both, "webhook_x", 3],
  ])("are %s", (_, secrets, webhookId, secretsTried) => {
    const claim = { signatures: [signed(BODY, "strange")], webhookId, body: bytes(BODY) };

    expect(diagnose(claim, secrets).evidence).toMatchObject({ kind: "none", secretsTried });
  });

  it("are a hundred, the others counted with the webhook's own", () => {
    const others = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`webhook_${i}`, [`sig_sec_${i}`]]));
    const secrets = known({ webhook_own: [OWN, PAST], ...others });
    const evidence = (secret: string) =>
      diagnose({ signatures: [signed(BODY, secret)], webhookId: "webhook_own", body: bytes(BODY) }, secrets).evidence;

    expect(evidence("sig_sec_97")).toEqual({ kind: "other-secret", fitsSecretOf: "webhook_97" });
    expect(evidence("sig_sec_98")).toMatchObject({ kind: "none", secretsTried: 100 });
  });

  it("are all those of the webhook for an empty body too", () => {
    const claim = { signatures: [signed("", PAST)], webhookId: "webhook_a", body: bytes("") };

    expect(diagnose(claim, one).state).toBe("verified");
  });
});

describe("the secret that the expected signature is shown for", () => {
  it.each<[string, KnownSecrets, string, string | undefined, string, string]>([
    ["the one that fits, a past one too", one, signed(COMPACT, PAST), "webhook_a", PAST, "webhook_a"],
    ["the one that fits, of those of all webhooks", two, signed(COMPACT, OTHER), undefined, OTHER, "webhook_b"],
    ["else the newest of the webhook", two, signed(BODY, "strange"), "webhook_a", OWN, "webhook_a"],
    ["else the only one there is", known({ webhook_a: [OWN] }), signed("?"), undefined, OWN, "webhook_a"],
    ["else the environment's", environment, signed("?"), "webhook_x", ENVIRONMENT, "APIVIDEO_WEBHOOK_SECRET"],
  ])("is %s", (_, secrets, signature, webhookId, secret, secretOf) => {
    const claim = { signatures: [signature], webhookId, body: bytes(BODY) };

    expect(diagnose(claim, secrets)).toMatchObject({ state: "failed", computed: signed(BODY, secret), secretOf });
  });

  it("stands beside each value that was received, once", () => {
    const claim = { signatures: ["abc", "def", "abc"], webhookId: "webhook_a", body: bytes(BODY) };

    expect(diagnose(claim, one)).toMatchObject({ received: "abc, def", computed: signed(BODY) });
  });
});

describe("the secret to sign with", () => {
  it.each<[string, KnownSecrets, string | undefined, string | undefined]>([
    ["the webhook's newest", two, "webhook_a", OWN],
    ["that of the only webhook there is, where none is named", one, undefined, OWN],
    ["none where several could be meant", two, undefined, undefined],
    ["the environment's for an unknown webhook", both, "webhook_x", ENVIRONMENT],
    ["none where none is known", none, undefined, undefined],
  ])("is %s", (_, secrets, webhookId, secret) => {
    expect(signingSecret(webhookId, secrets)?.secret).toBe(secret);
  });
});

describe("a secret to try", () => {
  it.each<[string | undefined, string]>([
    ["webhook_x", "webhook_x"],
    ["", "the webhook tried"],
    [undefined, "the webhook tried"],
  ])("is the only one there is, for a delivery that names %j", (webhookId, secretOf) => {
    const claim = { signatures: [signed(BODY)], webhookId, body: bytes(BODY) };

    expect(diagnose(claim, onlySecret(OWN, webhookId))).toMatchObject({ state: "verified", secretOf });
    expect(diagnose(claim, onlySecret("strange", webhookId))).toMatchObject({
      state: "failed",
      evidence: { kind: "none", secretsTried: 1 },
    });
  });
});
