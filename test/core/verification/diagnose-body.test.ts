import { describe, expect, it } from "vitest";
import { diagnose } from "#core/verification/diagnose.ts";
import { bytes, explain, secrets, signed } from "./explain.ts";

describe("diagnose, of a body that was altered", () => {
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
