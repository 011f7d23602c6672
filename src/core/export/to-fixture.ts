import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { type HeaderPairs, headerValue, SIGNATURE_HEADER } from "#shared/domain/headers.ts";
import { FIXTURE_FORMAT, type Fixture, WRONG_SIGNATURE } from "#shared/fixtures/fixture.ts";
import { toFixtureBody } from "#shared/fixtures/fixture-body.ts";
import { fixtureName } from "#shared/fixtures/fixture-name.ts";
import { FIXTURE_SECRET } from "#shared/fixtures/fixture-secret.ts";
import { signBody } from "../lib/sign-body.ts";
import type { ExportedDelivery } from "./exporter.ts";

/**
 * A delivery as a fixture. A signature that fitted, or that nobody could check, is made anew with the test secret; one
 * that failed gives way to one that never fits, which a handler has to refuse. No real signature is in it.
 */
export function toFixture({ summary, path, headers, body, type, subject, isBodyChanged }: ExportedDelivery): Fixture {
  const { id, receivedAt, method, verification } = summary;
  const header = headers.find(([name]) => name.toLowerCase() === SIGNATURE_HEADER)?.[0];
  const isGenuine = mayBeGenuine(summary);
  const signature = header !== undefined && isGenuine ? { header, secret: FIXTURE_SECRET } : null;
  const value = isGenuine ? signBody(body, FIXTURE_SECRET) : WRONG_SIGNATURE;
  return {
    format: FIXTURE_FORMAT,
    name: fixtureName({ id, receivedAt, type, subject }),
    type,
    subject,
    receivedAt,
    verification,
    method,
    path,
    headers: withValue(isBodyChanged ? withLength(headers, body) : headers, SIGNATURE_HEADER, value),
    signature,
    ...(verification.state === "failed" && { expect: "4xx" }),
    body: toFixtureBody(body),
  };
}

function mayBeGenuine({ verification: { state, cause } }: DeliverySummary): boolean {
  return state === "verified" || (state === "unchecked" && cause !== "malformed-signature");
}

function withLength(headers: HeaderPairs, body: Uint8Array): HeaderPairs {
  const hasLength = headerValue(headers, "content-length") !== undefined;
  return hasLength ? withValue(headers, "content-length", String(body.length)) : headers;
}

function withValue(headers: HeaderPairs, wanted: string, value: string): HeaderPairs {
  return headers.map(([name, old]) => [name, name.toLowerCase() === wanted ? value : old]);
}
