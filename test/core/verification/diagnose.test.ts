import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signBody } from "#core/lib/sign-body.ts";
import { diagnose } from "#core/verification/diagnose.ts";
import type { Evidence } from "#shared/domain/verification.ts";
import { BODY, bytes, explain, OTHER, OWN, secrets, signed } from "./explain.ts";
import { known } from "./known.ts";

const keyed = (key: string | Uint8Array) => createHmac("sha256", key).update(BODY).digest("hex");
const hmac = (algorithm: string, encoding: "hex" | "base64" | "base64url" = "hex") =>
  createHmac(algorithm, OWN).update(BODY).digest(encoding);

describe("diagnose", () => {
  it.each<[string, string, string, Partial<Evidence>]>([
    [
      "another webhook's secret",
      signed(BODY, OTHER),
      "wrong-secret",
      { kind: "other-secret", fitsSecretOf: "webhook_b" },
    ],
    ["base64", hmac("sha256", "base64"), "encoding", { kind: "signature-encoding", encodings: ["base64"] }],
    [
      "base64 without padding",
      hmac("sha256", "base64").replace("=", ""),
      "encoding",
      { kind: "signature-encoding", encodings: ["base64"] },
    ],
    ["upper case", hmac("sha256").toUpperCase(), "encoding", { kind: "signature-encoding", encodings: ["uppercase"] }],
    ["a prefix", `sha256=${hmac("sha256")}`, "encoding", { kind: "signature-encoding", encodings: ["prefix"] }],
    ["white space", ` ${hmac("sha256")}\t`, "encoding", { kind: "signature-encoding", encodings: ["whitespace"] }],
    [
      "several of them",
      ` sha256=${hmac("sha256").toUpperCase()}`,
      "encoding",
      { kind: "signature-encoding", encodings: ["whitespace", "prefix", "uppercase"] },
    ],
    ["SHA-1", hmac("sha1"), "algorithm", { kind: "algorithm", algorithm: "sha1", fitsSecretOf: "webhook_a" }],
    ["SHA-384", hmac("sha384"), "algorithm", { kind: "algorithm", algorithm: "sha384" }],
    ["SHA-512", hmac("sha512"), "algorithm", { kind: "algorithm", algorithm: "sha512" }],
    ["SHA-512 in base64", hmac("sha512", "base64"), "algorithm", { kind: "algorithm", algorithm: "sha512" }],
    [
      "no key",
      createHash("sha256").update(BODY).digest("hex"),
      "algorithm",
      { kind: "algorithm", algorithm: "sha256-without-key", fitsSecretOf: null },
    ],
    [
      "the secret without its prefix",
      keyed("TestOwnSecret0001"),
      "secret-form",
      { kind: "secret-variant", variant: "prefix-cut-off", fitsSecretOf: "webhook_a" },
    ],
    [
      "a newline after the secret",
      keyed(`${OWN}\n`),
      "secret-form",
      { kind: "secret-variant", variant: "trailing-newline" },
    ],
    [
      "a CRLF after the secret",
      keyed(`${OWN}\r\n`),
      "secret-form",
      { kind: "secret-variant", variant: "trailing-newline" },
    ],
    ["the secret in quotes", keyed(`"${OWN}"`), "secret-form", { kind: "secret-variant", variant: "quoted" }],
    [
      "the secret decoded",
      keyed(Buffer.from("TestOwnSecret0001", "base64")),
      "secret-form",
      { kind: "secret-variant", variant: "base64-decoded" },
    ],
    [
      "JSON.stringify",
      signed(JSON.stringify(JSON.parse(BODY))),
      "reserialised-body",
      { kind: "reserialised", style: "compact" },
    ],
    [
      "JSON.stringify and another's secret",
      signed(JSON.stringify(JSON.parse(BODY)), OTHER),
      "reserialised-body",
      { kind: "reserialised", style: "compact", fitsSecretOf: "webhook_b" },
    ],
    [
      "an indentation of two",
      signed(JSON.stringify(JSON.parse(BODY), null, 2)),
      "reserialised-body",
      { kind: "reserialised", style: "indented-2" },
    ],
    [
      "an indentation of four",
      signed(JSON.stringify(JSON.parse(BODY), null, 4)),
      "reserialised-body",
      { kind: "reserialised", style: "indented-4" },
    ],
    [
      "json.dumps",
      signed('{"url": "https://example.test/\\u00e9", "type": "x", "n": 1}'),
      "reserialised-body",
      { kind: "reserialised", style: "python" },
    ],
    [
      "json_encode",
      signed('{"url":"https:\\/\\/example.test\\/\\u00e9","type":"x","n":1}'),
      "reserialised-body",
      { kind: "reserialised", style: "php" },
    ],
    [
      "sorted keys",
      signed('{"n":1,"type":"x","url":"https://example.test/é"}'),
      "reserialised-body",
      { kind: "reserialised", style: "sorted-keys" },
    ],
    ["a strange secret", signed(BODY, "strange"), "no-match", { kind: "none", secretsTried: 2 }],
    [
      "too few digits",
      "abc123",
      "malformed-signature",
      { kind: "malformed", problem: "has 6 hex digits instead of 64" },
    ],
    ["nothing", "", "malformed-signature", { kind: "malformed", problem: "is empty" }],
    [
      "no digits",
      "<signature>",
      "malformed-signature",
      { kind: "malformed", problem: 'has 11 characters, among them "<", which is no hex digit' },
    ],
    [
      "a strange one in upper case",
      "AB".repeat(32),
      "malformed-signature",
      { kind: "malformed", problem: "has hex digits in upper case" },
    ],
  ])("names the cause with its evidence: %s", (_, signature, cause, evidence) => {
    expect(explain(signature)).toMatchObject({ state: "failed", cause, evidence, computed: signed(BODY) });
  });

  it.each<[string, string, string]>([
    ["surrounding-space", ` ${OWN}\n`, OWN],
    ["prefix-added", OWN.replace("sig_sec_", ""), OWN],
    ["quoted", `'${OWN}'`, OWN],
  ])("names what is wrong with the secret that is known: %s", (variant, kept, real) => {
    const claim = { signatures: [signBody(bytes(BODY), real)], webhookId: "webhook_a", body: bytes(BODY) };

    expect(diagnose(claim, known({ webhook_a: [kept] }))).toMatchObject({
      cause: "secret-form",
      evidence: { kind: "secret-variant", variant },
    });
  });

  it("shows the signature that fits, and whose secret it is", () => {
    const signature = signed(BODY);

    expect(explain(signature)).toMatchObject({
      state: "verified",
      received: signature,
      computed: signature,
      secretOf: "webhook_a",
      evidence: null,
    });
    expect(explain(signed(BODY, OTHER), BODY, null)).toMatchObject({ state: "verified", secretOf: "webhook_b" });
  });

  it("computes nothing where it cannot know the secret", () => {
    expect(explain(signed(BODY, "strange"), BODY, null)).toMatchObject({ computed: null, secretOf: null });
    expect(explain(signed(BODY, "strange"), BODY, "webhook_x")).toMatchObject({
      state: "unchecked",
      computed: null,
      secretOf: null,
      evidence: { kind: "unknown-webhook", webhookId: "webhook_x", secretsTried: 2 },
    });
  });

  it("says of an unsigned delivery what its signature would be", () => {
    const claim = { signatures: [], webhookId: "webhook_a", body: bytes(BODY) };

    expect(diagnose(claim, secrets)).toMatchObject({ state: "unsigned", received: null, computed: signed(BODY) });
  });

  it("never lets a secret out", () => {
    const forms = [signed(BODY), signed(BODY, OTHER), keyed(`${OWN}\n`), signed("{}"), "x", hmac("sha1")];

    for (const signature of forms) {
      for (const webhookId of ["webhook_a", "webhook_x", null]) {
        expect(JSON.stringify(explain(signature, BODY, webhookId))).not.toMatch(/TestO/);
      }
    }
  });
});
