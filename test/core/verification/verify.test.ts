import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { signBody } from "#core/lib/sign-body.ts";
import type { KnownSecrets } from "#core/verification/known-secrets.ts";
import { verify } from "#core/verification/verify.ts";
import { known } from "./known.ts";

const OWN = "sig_sec_TestOwn";
const PAST = "sig_sec_TestPast";
const OTHER = "sig_sec_TestOther";
const ENVIRONMENT = "sig_sec_TestEnvironment";
const body = Buffer.from('{"type":"video.encoding.quality.completed","quality":"720p"}');

const { vectors } = JSON.parse(
  readFileSync(new URL("../../fixtures/signature-vectors.json", import.meta.url), "utf8"),
) as { vectors: { secret: string; body: string; signature: string; note: string }[] };

function check(secrets: KnownSecrets, signedWith: string | null, webhookId: string | undefined) {
  const signatures = signedWith === null ? [] : [signBody(body, signedWith)];
  return verify({ signatures, webhookId, body }, secrets);
}

describe("verify", () => {
  it.each(vectors)("accepts and makes the signature of the vector: $note", ({ secret, body, signature }) => {
    const bytes = Buffer.from(body);

    expect(signBody(bytes, secret)).toBe(signature);
    expect(
      verify({ signatures: [signature], webhookId: "webhook_a", body: bytes }, known({ webhook_a: [secret] })),
    ).toEqual({ state: "verified" });
  });

  const one = known({ webhook_a: [OWN, PAST], webhook_b: [OTHER] });
  const withEnvironment = known({ webhook_a: [OWN, PAST], webhook_b: [OTHER] }, ENVIRONMENT);
  const nothing = known({});
  it.each<[string, KnownSecrets, string | null, string | undefined, object]>([
    ["no signature is unsigned", one, null, "webhook_a", { state: "unsigned" }],
    ["no signature and no secret is unsigned", nothing, null, undefined, { state: "unsigned" }],
    ["the webhook's secret", one, OWN, "webhook_a", { state: "verified" }],
    ["a past secret of the webhook", one, PAST, "webhook_a", { state: "verified" }],
    ["another webhook's secret", one, OTHER, "webhook_a", { state: "failed", cause: "wrong-secret" }],
    [
      "a known webhook, the environment's secret",
      withEnvironment,
      ENVIRONMENT,
      "webhook_a",
      { state: "failed", cause: "wrong-secret" },
    ],
    ["a known webhook, a strange secret", one, "strange", "webhook_a", { state: "failed", cause: "no-match" }],
    ["an unknown webhook, the environment's secret", withEnvironment, ENVIRONMENT, "webhook_x", { state: "verified" }],
    [
      "an unknown webhook, a known secret, and an environment's",
      withEnvironment,
      OTHER,
      "webhook_x",
      { state: "failed", cause: "wrong-secret" },
    ],
    [
      "an unknown webhook, a strange secret, and an environment's",
      withEnvironment,
      "strange",
      "webhook_x",
      { state: "failed", cause: "no-match" },
    ],
    ["an unknown webhook, a known secret", one, OTHER, "webhook_x", { state: "failed", cause: "wrong-secret" }],
    [
      "an unknown webhook, a strange secret",
      one,
      "strange",
      "webhook_x",
      { state: "unchecked", cause: "unknown-webhook" },
    ],
    [
      "an unknown webhook, no secret at all",
      nothing,
      "strange",
      "webhook_x",
      { state: "unchecked", cause: "unknown-webhook" },
    ],
    ["no webhook, a known secret", one, OTHER, undefined, { state: "verified" }],
    ["no webhook, the environment's secret", withEnvironment, ENVIRONMENT, undefined, { state: "verified" }],
    ["no webhook, a strange secret", one, "strange", undefined, { state: "failed", cause: "no-match" }],
    ["no webhook, no secret at all", nothing, "strange", undefined, { state: "unchecked" }],
    ["an empty webhook id names none", one, OTHER, "", { state: "verified" }],
    [
      "a webhook id of the prototype is unknown",
      one,
      "strange",
      "__proto__",
      { state: "unchecked", cause: "unknown-webhook" },
    ],
  ])("knows the state: %s", (_, secrets, signedWith, webhookId, expected) => {
    expect(check(secrets, signedWith, webhookId)).toEqual(expected);
  });

  it("takes a signature that came twice for one, and two that differ for none", () => {
    const signature = signBody(body, OWN);
    const other = signBody(body, OTHER);

    expect(verify({ signatures: [signature, signature], webhookId: "webhook_a", body }, one)).toEqual({
      state: "verified",
    });
    expect(verify({ signatures: [signature, other], webhookId: "webhook_a", body }, one)).toEqual({
      state: "failed",
      cause: "malformed-signature",
    });
  });

  it("verifies a body of any size, and names causes of large ones only where another secret fits", () => {
    const large = Buffer.from(`{ "text": "${"x".repeat(100_000)}" }`);
    const compact = Buffer.from(JSON.stringify(JSON.parse(large.toString())));
    const state = (signature: string) => verify({ signatures: [signature], webhookId: "webhook_a", body: large }, one);

    expect(state(signBody(large, OWN))).toEqual({ state: "verified" });
    expect(state(signBody(large, OTHER))).toEqual({ state: "failed", cause: "wrong-secret" });
    expect(state(signBody(compact, OWN))).toEqual({ state: "failed" });
  });

  it("gives up on secrets beyond the hundredth, however many are known", () => {
    const webhooks = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`webhook_${i}`, [`sig_sec_${i}`]]));
    const secrets = known(webhooks);

    expect(check(secrets, "sig_sec_99", undefined).state).toBe("verified");
    expect(check(secrets, "sig_sec_100", undefined).state).toBe("failed");
    expect(check(secrets, "sig_sec_999", "webhook_999").state).toBe("verified");
  });

  it("gives up on secrets of a large body once 64 MiB were hashed", () => {
    const large = Buffer.alloc(16 * 1024 * 1024 - 1);
    const secrets = known({ webhook_a: ["sig_1", "sig_2", "sig_3", "sig_4", "sig_5"] });
    const state = (secret: string) =>
      verify({ signatures: [signBody(large, secret)], webhookId: "webhook_a", body: large }, secrets).state;

    expect(state("sig_4")).toBe("verified");
    expect(state("sig_5")).toBe("failed");
  });
});
