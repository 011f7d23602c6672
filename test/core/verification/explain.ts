import { expect } from "vitest";
import { signBody } from "#core/lib/sign-body.ts";
import { diagnose } from "#core/verification/diagnose.ts";
import { verify } from "#core/verification/verify.ts";
import { Diagnosis } from "#shared/domain/verification.ts";
import { known } from "./known.ts";

export const OWN = "sig_sec_TestOwnSecret0001";
export const OTHER = "sig_sec_TestOtherSecret01";
export const secrets = known({ webhook_a: [OWN], webhook_b: [OTHER] });

/** With everything that a variation can hold on to: spaces, a slash, a letter beyond ASCII, keys out of order. */
export const BODY = '{ "url": "https://example.test/é", "type": "x", "n": 1.0 }';

/** What is said of a delivery, which the quick check at its arrival and the contract must agree with. */
export function explain(signature: string, body: string | Uint8Array = BODY, webhookId: string | null = "webhook_a") {
  const claim = { signatures: [signature], webhookId: webhookId ?? undefined, body: Buffer.from(body) };
  const diagnosis = diagnose(claim, secrets);
  expect(verify(claim, secrets), "verify says the same").toEqual({
    state: diagnosis.state,
    ...(diagnosis.cause && { cause: diagnosis.cause }),
  });
  expect(Diagnosis.parse(diagnosis), "is what the contract says").toEqual(diagnosis);
  return diagnosis;
}

export const bytes = (text: string) => Buffer.from(text);
export const signed = (text: string | Uint8Array, secret = OWN) => signBody(Buffer.from(text), secret);
