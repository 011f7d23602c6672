import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signBody } from "#core/lib/sign-body.ts";
import { byteChanges } from "#core/verification/byte-changes.ts";
import { diagnose } from "#core/verification/diagnose.ts";
import { verify } from "#core/verification/verify.ts";
import { times } from "../../helpers/fuzz.ts";
import { known } from "./known.ts";

const bodies = fc.uint8Array({ maxLength: 200 });
const secretTexts = fc.string({ minLength: 1, maxLength: 60 }).map((text) => `sig_sec_${text}`);
/** Whatever a header can carry: one byte per character. */
const headerTexts = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
/** Two writings of one JSON that differ. */
const jsonWritings = fc
  .json()
  .map((text) => ({ compact: JSON.stringify(JSON.parse(text)), spaced: JSON.stringify(JSON.parse(text), null, 2) }))
  .filter(({ compact, spaced }) => compact !== spaced);

function state(signature: string, secret: string, body: Uint8Array) {
  return verify({ signatures: [signature], webhookId: "webhook_a", body }, known({ webhook_a: [secret] }));
}

/** One byte more, less or other at some place. */
const byteEdits = fc.record({
  kind: fc.constantFrom("change", "insert", "delete"),
  at: fc.nat(),
  byte: fc.integer({ min: 1, max: 255 }),
});

function edited(body: Uint8Array, { kind, at, byte }: { kind: string; at: number; byte: number }): Uint8Array {
  const index = at % (body.length + 1);
  if (kind === "insert" || index === body.length)
    return Uint8Array.from([...body.slice(0, index), byte, ...body.slice(index)]);
  if (kind === "delete") return Uint8Array.from([...body.slice(0, index), ...body.slice(index + 1)]);
  return body.map((old, i) => (i === index ? old ^ byte : old));
}

describe("any delivery", () => {
  it("is verified with its own bytes, and fails with a byte more, less or other", () => {
    fc.assert(
      fc.property(bodies, secretTexts, byteEdits, (body, secret, edit) => {
        const signature = signBody(body, secret);

        expect(state(signature, secret, body)).toEqual({ state: "verified" });
        expect(state(signature, secret, edited(body, edit)).state).toBe("failed");
      }),
      { numRuns: times(500) },
    );
  });

  it("fails with any other signature than its own", () => {
    fc.assert(
      fc.property(bodies, secretTexts, byteEdits, (body, secret, edit) => {
        const signature = signBody(body, secret);
        const other = Buffer.from(edited(Buffer.from(signature), edit)).toString("latin1");

        expect(state(other, secret, body).state).toBe("failed");
      }),
      { numRuns: times(500) },
    );
  });

  it("gets the same state from a check at capture and from one on demand, whatever is sent", () => {
    const texts = fc.oneof(headerTexts, fc.stringMatching(/^[0-9a-f]{64}$/), fc.base64String(), fc.constant("valid"));
    const ids = fc.oneof(fc.constantFrom("webhook_a", "webhook_b", "", "__proto__", undefined), headerTexts);
    const known4 = fc.constantFrom(
      known({}),
      known({}, "env"),
      known({ webhook_a: ["one", "two"], webhook_b: ["three"] }),
      known({ webhook_a: ["one"] }, "env"),
    );
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 3 }), ids, bodies, known4, (signatures, webhookId, body, secrets) => {
        const claim = {
          signatures: signatures.map((text) => (text === "valid" ? signBody(body, "three") : text)),
          webhookId,
          body,
        };

        const diagnosis = diagnose(claim, secrets);

        expect(verify(claim, secrets)).toEqual({
          state: diagnosis.state,
          ...(diagnosis.cause && { cause: diagnosis.cause }),
        });
      }),
      { numRuns: times(1_000) },
    );
  });

  it("is told to be re-serialised when it was", () => {
    fc.assert(
      fc.property(jsonWritings, secretTexts, ({ compact, spaced }, secret) => {
        const signature = signBody(Buffer.from(compact), secret);

        expect(state(signature, secret, Buffer.from(spaced))).toEqual({ state: "failed", cause: "reserialised-body" });
      }),
    );
  });

  it("is told to be altered when white space, a line end or a byte order mark was", () => {
    const changes = fc.constantFrom<[string, string]>(["", "\n"], ["\ufeff", ""], [" ", "\t"], ["", "\r\n"]);
    fc.assert(
      fc.property(fc.json(), changes, secretTexts, fc.boolean(), (json, [before, after], secret, isAdded) => {
        const changed = before + json + after;
        // White space that was lost can be guessed only where it is one line end.
        fc.pre(isAdded || before + after !== " \t");
        const [received, signed] = isAdded ? [changed, json] : [json, changed];

        expect(state(signBody(Buffer.from(signed), secret), secret, Buffer.from(received))).toEqual({
          state: "failed",
          cause: "body-altered",
        });
      }),
    );
  });

  it("is told which notation of the signature is wrong", () => {
    const notations = fc.constantFrom<(hex: string) => string>(
      (hex) => Buffer.from(hex, "hex").toString("base64"),
      (hex) => Buffer.from(hex, "hex").toString("base64url"),
      (hex) => `sha256=${hex}`,
      (hex) => `v1:${hex}`,
      (hex) => ` ${hex}`,
    );
    fc.assert(
      fc.property(bodies, secretTexts, notations, (body, secret, notation) => {
        expect(state(notation(signBody(body, secret)), secret, body)).toEqual({ state: "failed", cause: "encoding" });
      }),
    );
  });
});

describe("the changes between two writings", () => {
  const writings = fc.oneof(
    fc.json().map((text) => [text, JSON.stringify(JSON.parse(text), null, 2)] as const),
    fc.tuple(fc.string(), fc.string()),
  );

  it("lead from what was received to what was signed", () => {
    fc.assert(
      fc.property(writings, ([received, signed]) => {
        const { changes, moreChanges } = byteChanges(Buffer.from(received), Buffer.from(signed));
        // Cut texts, and halves of characters, cannot be put together again.
        fc.pre(!moreChanges && !/[^\x20-\x7e\n]/.test(received + signed));
        fc.pre(changes.every((change) => change.received.length < 64 && change.signed.length < 64));

        let rebuilt = "";
        let at = 0;
        for (const change of changes) {
          rebuilt += received.slice(at, change.offset);
          expect(rebuilt).toHaveLength(change.signedOffset);
          rebuilt += change.signed;
          at = change.offset + change.received.length;
        }
        expect(rebuilt + received.slice(at)).toBe(signed);
      }),
      { numRuns: times(500) },
    );
  });
});
