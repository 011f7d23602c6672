import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signBody } from "#core/lib/sign-body.ts";
import { diagnose } from "#core/verification/diagnose.ts";
import { verify } from "#core/verification/verify.ts";
import { BODY, bytes, explain, OWN, secrets, signed } from "./explain.ts";
import { known } from "./known.ts";

describe("the variations tried", () => {
  const STRANGE = signed(BODY, "strange");

  it.each<[string, string, number, number]>([
    ["an end of line, two ways, and a byte order mark", "{}", 3, 0],
    ["a lost and a doubled end of line, and JSON without it", "1\n", 6, 1],
    ["no JSON where the body is none", "x y", 3, 0],
    ["each writing of the JSON, but for the one that arrived", '{"b":[1,2],"a":"/"}', 3, 5],
    ["each writing of the JSON once", '"é"', 5, 1],
  ])("are only those that change something: %s", (_, body, bodies, writings) => {
    const secretForms = 6;
    const variationsTried = 2 * (secretForms + bodies + writings) + 1;

    expect(explain(STRANGE, body).evidence).toEqual({ kind: "none", secretsTried: 2, variationsTried });
  });

  it("are made with five secrets", () => {
    const many = ["sig_1", "sig_2", "sig_3", "sig_4", "sig_5", "sig_6"];
    const cause = (secret: string) =>
      verify(
        { signatures: [signed('{"a":1}', secret)], webhookId: "webhook_a", body: bytes('{ "a": 1 }') },
        known({ webhook_a: many }),
      ).cause;

    expect(cause("sig_5")).toBe("reserialised-body");
    expect(cause("sig_6")).toBe("no-match");
  });

  it("end when 64 MiB have been hashed", () => {
    const body = Buffer.alloc(16 * 1024 * 1024);
    const cause = (secret: string) =>
      diagnose(
        { signatures: [`sha256=${signBody(body, secret)}`], webhookId: "webhook_a", body },
        known({ webhook_a: ["sig_1", "sig_2", "sig_3", "sig_4", "sig_5"] }),
      ).cause;

    expect(cause("sig_4")).toBe("encoding");
    expect(cause("sig_5")).toBe("malformed-signature");
  });

  it("are left to the one who looks above 16 KiB, but for what is known without them", () => {
    const ofLength = (length: number, webhookId = "webhook_a") => {
      const body = bytes("x".repeat(length));
      return verify({ signatures: [signed("another")], webhookId, body }, secrets);
    };

    expect(ofLength(16 * 1024)).toEqual({ state: "failed", cause: "no-match" });
    expect(ofLength(16 * 1024 + 1)).toEqual({ state: "failed" });
    expect(ofLength(16 * 1024 + 1, "webhook_x")).toEqual({ state: "unchecked", cause: "unknown-webhook" });
  });
});

describe("the body", () => {
  it.each<[string, string | Buffer, string | Buffer]>([
    ["newline-removed", "{\n}\n", "{\n}"],
    ["trimmed", "\r{}\v\f\r", "{}"],
    ["trimmed", " \t\n", ""],
  ])("is told to be altered: %s of %j", (variant, received, before) => {
    expect(explain(signed(before), received).evidence).toMatchObject({ kind: "body-variant", variant });
  });

  it.each<[string, string | Buffer, string | Buffer]>([
    ["three bytes that are no byte order mark", "xyz{}", "{}"],
    ["control characters, which are no white space", "\u0001{}\u0008", "{}"],
    ["a character that Latin-1 has not", '"€"', Buffer.from('"€"', "latin1")],
    ["bytes that are no UTF-8", Buffer.from([0x22, 0xe9, 0x22]), Buffer.from([0x22, 0xfd, 0x22])],
  ])("is not told to be altered by what nothing does: %s", (_, received, before) => {
    expect(explain(signed(before), received).cause).toBe("no-match");
  });
});

describe("the JSON", () => {
  it.each<[string, string, string]>([
    ["python", '{"a":[1,{"b":[2,3]}],"c":{"d":[]}}', '{"a": [1, {"b": [2, 3]}], "c": {"d": []}}'],
    ["python", '[[[1],[2]],"é\u007f"]', '[[[1], [2]], "\\u00e9\\u007f"]'],
    ["php", '["é/\u007f"]', '["\\u00e9\\/\u007f"]'],
    ["sorted-keys", '{"b":[{"d":1,"c":2}],"c":0,"a":null}', '{"a":null,"b":[{"c":2,"d":1}],"c":0}'],
  ])("is known in the writing of %s: %s", (style, received, before) => {
    expect(explain(signed(before), received).evidence).toMatchObject({ kind: "reserialised", style });
  });

  const nested = (depth: number) => `${"[".repeat(depth)}1${"]".repeat(depth)}`;
  const indented = (text: string) => JSON.stringify(JSON.parse(text), null, 2);
  const WIDE = `${"[".repeat(10)}${"1,".repeat(500)}1${"]".repeat(10)}`;
  it.each<[string, string, string, string | undefined]>([
    ["that grows much, but not beyond 4 KiB", nested(20), indented(nested(20)), "indented-2"],
    ["nested 32 levels deep", nested(32), indented(nested(32)), "indented-2"],
    ["nested deeper", nested(33), indented(nested(33)), undefined],
    ["nested deeper beside what is flat", `[0,${nested(32)}]`, indented(`[0,${nested(32)}]`), undefined],
    ["nested deeper, compact", nested(33).replace("1", " 1"), nested(33), "compact"],
    ["that would grow beyond four times its size", WIDE, indented(WIDE), undefined],
  ])("is tried in other writings where that costs little: %s", (_, received, before, style) => {
    const { evidence } = explain(signed(before), received);

    expect(evidence?.kind === "reserialised" ? evidence.style : undefined).toBe(style);
  });

  it("above 1 MiB is tried in that of JSON.stringify alone", () => {
    const body = bytes(`["${"x".repeat(1024 * 1024)}", 1]`);
    const evidence = (text: string) =>
      diagnose({ signatures: [signed(text)], webhookId: "webhook_a", body }, secrets).evidence;

    expect(evidence(JSON.stringify(JSON.parse(body.toString())))).toMatchObject({ style: "compact" });
    expect(evidence(indented(body.toString()))).toMatchObject({ kind: "none" });
  });
});

describe("the secret", () => {
  const evidenceOf = (kept: string, key: string | Uint8Array) => {
    const signature = createHmac("sha256", key).update(BODY).digest("hex");
    const claim = { signatures: [signature], webhookId: "webhook_a", body: bytes(BODY) };
    return diagnose(claim, known({ webhook_a: [kept] })).evidence;
  };

  it.each([
    ["double quotes around it", OWN, `"${OWN}"`],
    ["single quotes around it", OWN, `'${OWN}'`],
    ["no more quotes around it", `"a\nb"`, "a\nb"],
  ])("is told to have been quoted: %s", (_, kept, key) => {
    expect(evidenceOf(kept, key)).toMatchObject({ kind: "secret-variant", variant: "quoted" });
  });

  it.each<[string, string, string | Uint8Array]>([
    ["quotes only inside", "x'abc'", "xabc"],
    ["quotes that end inside", "'abc'x", "abcx"],
    ["quotes that differ", "'abc\"", "abc"],
    ["base64 that ends in something else", "sig_sec_abcd!", Buffer.from("abcd", "base64")],
    ["base64 that starts with something else", "sig_sec_!abcd", Buffer.from("abcd", "base64")],
  ])("is not told to have a form that nobody would make of it: %s", (_, kept, key) => {
    expect(evidenceOf(kept, key)?.kind).toBe("none");
  });
});

describe("the signature", () => {
  const digest = signed(BODY);
  const base64 = Buffer.from(digest, "hex").toString("base64");

  it.each([
    ["as long as one may reasonably be", `${" ".repeat(500 - 64)}${digest}`, "encoding"],
    ["longer than that", `${" ".repeat(501 - 64)}${digest}`, "malformed-signature"],
    ["a digit too many after a prefix", `sha256=${digest}0`, "malformed-signature"],
    ["base64 with noise before it", `!!${base64}`, "malformed-signature"],
    ["base64 that ends before its end", `${base64.slice(0, 30)}=${base64.slice(30, -1)}`, "malformed-signature"],
    ["a prefix with nothing after it", "sha256=", "malformed-signature"],
    ["a character that is no digit before it", `g${digest}`, "malformed-signature"],
  ])("is read only where it can be nothing else: %s", (_, signature, cause) => {
    expect(explain(signature).cause).toBe(cause);
  });
});
