import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { diagnose } from "#core/verification/diagnose.ts";
import { sign } from "#core/verification/signature.ts";
import { verify } from "#core/verification/verify.ts";
import { Diagnosis, type Evidence } from "#shared/domain/verification.ts";
import { known } from "./known.ts";

const OWN = "sig_sec_TestOwnSecret0001";
const OTHER = "sig_sec_TestOtherSecret01";
const secrets = known({ webhook_a: [OWN], webhook_b: [OTHER] });

/** With everything that a variation can hold on to: spaces, a slash, a letter beyond ASCII, keys out of order. */
const BODY = '{ "url": "https://example.test/é", "type": "x", "n": 1.0 }';

function explain(signature: string, body: string | Uint8Array = BODY, webhookId: string | null = "webhook_a") {
  const claim = { signatures: [signature], webhookId: webhookId ?? undefined, body: Buffer.from(body) };
  const diagnosis = diagnose(claim, secrets);
  expect(verify(claim, secrets), "verify says the same").toEqual({
    state: diagnosis.state,
    ...(diagnosis.cause && { cause: diagnosis.cause }),
  });
  expect(Diagnosis.parse(diagnosis), "is what the contract says").toEqual(diagnosis);
  return diagnosis;
}

const bytes = (text: string) => Buffer.from(text);
const signed = (text: string | Uint8Array, secret = OWN) => sign(secret, Buffer.from(text));
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

  it.each<[string, string | Buffer, string | Buffer]>([
    ["trimmed", " {}\t ", "{}"],
    ["newline-added", "{}", "{}\n"],
    ["newline-added", "{}", "{}\r\n"],
    ["newline-removed", "{}\n", "{}"],
    ["newline-removed", "{}\r\n", "{}"],
    ["crlf-to-lf", "{\r\n\r\n}", "{\n\n}"],
    ["lf-to-crlf", "{\n\n}", "{\r\n\r\n}"],
    ["bom-removed", "\ufeff{}", "{}"],
    ["bom-added", "{}", "\ufeff{}"],
    ["latin1-to-utf8", Buffer.from('"é"', "latin1"), '"é"'],
    ["utf8-to-latin1", '"Ã©"', '"é"'],
  ])("names what was done to the body: %s of %j", (variant, received, signedBody) => {
    expect(explain(signed(signedBody), received)).toMatchObject({
      cause: "body-altered",
      evidence: {
        kind: "body-variant",
        variant,
        receivedBytes: Buffer.from(received).length,
        signedBytes: Buffer.from(signedBody).length,
      },
    });
  });

  it.each<[string, string | Buffer, string, object]>([
    ["a lost newline", "{}", "{}\n", { offset: 2, receivedBytes: 0, signedBytes: 1, signed: "\n" }],
    ["a byte order mark", "\ufeff{ }", "{ }", { offset: 0, receivedBytes: 3, signedBytes: 0 }],
    ["Latin-1", Buffer.from('{"a":"é"}', "latin1"), '{"a":"é"}', { offset: 6, receivedBytes: 1, signedBytes: 2 }],
  ])("shows which bytes of the body were touched: %s", (_, received, signedBody, change) => {
    expect(explain(signed(signedBody), received).evidence).toMatchObject({
      signedBodyBase64: bytes(signedBody).toString("base64"),
      changes: [change],
      moreChanges: false,
    });
  });

  it.each<[string, string, string]>([
    ["surrounding-space", ` ${OWN}\n`, OWN],
    ["prefix-added", OWN.replace("sig_sec_", ""), OWN],
    ["quoted", `'${OWN}'`, OWN],
  ])("names what is wrong with the secret that is known: %s", (variant, kept, real) => {
    const claim = { signatures: [sign(real, bytes(BODY))], webhookId: "webhook_a", body: bytes(BODY) };

    expect(diagnose(claim, known({ webhook_a: [kept] }))).toMatchObject({
      cause: "secret-form",
      evidence: { kind: "secret-variant", variant },
    });
  });

  it("shows which bytes a serialiser changed", () => {
    const diagnosis = explain(signed('{"a":1,"b":"é"}'), '{ "a": 1.0,"b":"\\u00e9"}');

    expect(diagnosis.evidence).toMatchObject({
      kind: "reserialised",
      receivedBytes: 24,
      signedBytes: 16,
      signedBodyBase64: bytes('{"a":1,"b":"é"}').toString("base64"),
      changes: [
        { offset: 1, receivedBytes: 1, received: " ", signedOffset: 1, signedBytes: 0, signed: "" },
        { offset: 6, receivedBytes: 1, received: " ", signedOffset: 5, signedBytes: 0, signed: "" },
        { offset: 8, receivedBytes: 2, received: ".0", signedOffset: 6, signedBytes: 0, signed: "" },
        { offset: 16, receivedBytes: 6, received: "\\u00e9", signedOffset: 12, signedBytes: 2, signed: "é" },
      ],
      moreChanges: false,
    });
  });

  it("shows fifty changes and says that there are more", () => {
    const spaced = `[${Array.from({ length: 60 }, (_, i) => i).join(", ")}]`;

    const { evidence } = explain(signed(JSON.stringify(JSON.parse(spaced))), spaced);

    expect(evidence).toMatchObject({ kind: "reserialised", moreChanges: true });
    expect(evidence?.kind === "reserialised" && evidence.changes).toHaveLength(50);
  });

  it("explains a large body too", () => {
    const large = Buffer.from(`{ "text": "${"x".repeat(300_000)}" }`);
    const compact = JSON.stringify(JSON.parse(large.toString()));
    const claim = { signatures: [signed(compact)], webhookId: "webhook_a", body: large };

    const { cause, evidence } = diagnose(claim, secrets);

    expect(cause).toBe("reserialised-body");
    expect(evidence?.kind === "reserialised" && evidence.signedBodyBase64.length).toBeLessThan(90_000);
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

  it.each([
    ["deep nesting", "[".repeat(8_000) + "]".repeat(8_000)],
    ["deep nesting that never ends", '{"a":'.repeat(3_000)],
    ["wide and indented", `${"[".repeat(30)}${"1,".repeat(7_000)}1${"]".repeat(30)}`],
    ["keys of the prototype", '{ "__proto__": {"x": 1}, "constructor": null, "toString": 2 }'],
    ["doubled keys", '{ "a": 1, "a": 2 }'],
    ["numbers beyond all limits", `{ "a": ${"9".repeat(400)}, "b": 1e999, "c": -0 }`],
    ["lone surrogates", '{ "a": "\\ud800", "b": "\\udc00x" }'],
    ["bytes that are no UTF-8", Buffer.from([0x22, 0xff, 0xc0, 0x22])],
    ["white space only", " ".repeat(16_000)],
    ["carriage returns only", "\r".repeat(16_000)],
    ["nothing", ""],
  ])("comes through unharmed: %s", (_, body) => {
    const started = performance.now();

    expect(explain(signed("something else", "strange"), body).cause).toBe("no-match");
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(Object.prototype).not.toHaveProperty("x");
  });
});
