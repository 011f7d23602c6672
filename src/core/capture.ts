import { isUtf8 } from "node:buffer";
import { type PayloadFacts, readPayload, readPayloadStart, UNTYPED_BODIES } from "#shared/api-video/payload.ts";
import type { EventPayload } from "#shared/contract/types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { SIGNATURE_HEADER, WEBHOOK_ID_HEADER } from "#shared/domain/headers.ts";
import type { Verification } from "#shared/domain/verification.ts";
import { isJson } from "#shared/json/is-json.ts";
import type { Answers, DecidedAnswer } from "./answers/answers.ts";
import type { Arrivals } from "./arrivals.ts";
import type { Clock } from "./lib/clock.ts";
import { valuesOf } from "./lib/raw-headers.ts";
import type { Captured } from "./listener/answer-arrival.ts";
import type { Arrival } from "./listener/read-request.ts";
import type { Appended } from "./store/append-queue.ts";
import { elapsedMs, type LateAnswer, type NewDelivery } from "./store/stored-delivery.ts";

export interface CaptureDeps {
  readonly clock: Clock;
  readonly arrivals: Arrivals;
  verify(claim: { signatures: readonly string[]; webhookId: string | undefined; body: Uint8Array }): Verification;
  append(delivery: NewDelivery): Promise<Appended>;
  publish(summary: EventPayload<"delivery.received">): void;
  readonly answers: Pick<Answers, "isNeeded" | "decide">;
  /** Whether the sender may be told what the developer's own server answers. */
  isTrusted(sender: Pick<NewDelivery, "rawHeaders" | "verification">): boolean;
  /** Keeps what was answered once it is known: `ms` after the first byte. */
  keepAnswer(id: string, answer: LateAnswer): void;
  /** Sends the delivery, which is whole, to the developer's own server. */
  forward(id: string): void;
  /** The delivery is on disk: what follows from it may begin. */
  onCaptured(summary: DeliverySummary): void;
}

/** Bodies above this are not parsed, which would hold up the deliveries behind them: their beginning has to do. */
const MAX_PARSED_BYTES = 256 * 1024;

/**
 * The way of one delivery: verify the exact bytes, store them durably, let the listener answer, and only then tell
 * anybody. Nothing of the body is parsed before its signature was checked.
 */
export function createCapture(deps: CaptureDeps): (arrival: Arrival, status: number | null) => Promise<Captured> {
  const { clock, arrivals } = deps;
  return async (arrival, status) => {
    const { body, rawHeaders } = arrival;
    const webhookId = valuesOf(rawHeaders, WEBHOOK_ID_HEADER)[0];
    const signatures = valuesOf(rawHeaders, SIGNATURE_HEADER);
    const verification = arrival.incomplete ? unverifiable(signatures) : deps.verify({ signatures, webhookId, body });
    const verifiedAt = clock.now();
    const facts = factsOf(arrival);
    const resolveArrival = arrivals.take(webhookId, body);
    const isOpen = status !== null && status < 300 && deps.answers.isNeeded();
    // Written out, here and in `toSummary`: with spreads, each delivery would leave four kilobytes more of garbage.
    const delivery: NewDelivery = {
      receivedAt: arrival.receivedAt,
      lastByteAt: arrival.lastByteAt,
      verifiedAt,
      source: resolveArrival ? "simulated" : "received",
      method: arrival.method,
      path: arrival.path,
      type: facts.type,
      detail: facts.detail,
      emittedAt: facts.emittedAt,
      subject: facts.subject,
      verification,
      webhookId: webhookId || undefined,
      status: isOpen ? null : status,
      incomplete: arrival.incomplete,
      rawHeaders,
      body,
    };

    const stored = await deps.append(delivery);

    function tell(answeredAt: number | null): void {
      const summary = toSummary(delivery, stored, answeredAt);
      deps.publish(summary);
      resolveArrival?.(stored.id);
      deps.onCaptured(summary);
    }

    if (isOpen) {
      tell(null);
      return answerLater(deps, stored, delivery);
    }
    return {
      answered(at) {
        stored.answered(at);
        tell(at);
        if (arrival.incomplete === undefined) deps.forward(stored.id);
      },
    };
  };
}

/**
 * For a delivery that is on disk and whose answer takes its time: it is told of at once, and what it was answered is
 * written behind it. A crash in between leaves it without an answer, which is what its sender got.
 */
function answerLater(deps: CaptureDeps, { id, answered }: Appended, delivery: NewDelivery): Captured {
  const { receivedAt } = delivery;
  const isTrusted = deps.isTrusted(delivery);
  let given: DecidedAnswer | undefined;
  // The times of a whole batch are written together: they must not wait for one answer.
  answered(null);
  const answer = deps.answers.decide({ id, isTrusted }).then((decided) => {
    given = decided;
    return decided;
  });
  return {
    answer,
    answered(at) {
      if (at !== null && given !== undefined) {
        deps.keepAnswer(id, { status: given.status, ms: elapsedMs(receivedAt, at), by: given.by });
      }
    },
  };
}

/** What lists show of the body; of one that names no type, what it is instead. */
export function factsOf({ body, incomplete }: Pick<Arrival, "body" | "incomplete">): PayloadFacts {
  const isShort = incomplete === undefined && body.length <= MAX_PARSED_BYTES;
  const text = isShort ? body.toString("utf8") : null;
  const facts = text === null ? readPayloadStart(body) : readPayload(text);
  if (facts.type !== null || facts.detail !== undefined || body.length === 0 || incomplete) return facts;
  if (!isUtf8(body)) return { ...facts, detail: UNTYPED_BODIES.binary };
  if (text === null) return facts;
  return { ...facts, detail: isJson(text) ? UNTYPED_BODIES.json : UNTYPED_BODIES.text };
}

/** Of a part of the bytes nobody can say whether the signature of all of them is right. */
function unverifiable(signatures: readonly string[]): Verification {
  return { state: signatures.length === 0 ? "unsigned" : "unchecked" };
}

/** The same summary that the store gives for this delivery from now on. */
export function toSummary(delivery: NewDelivery, stored: Appended, answeredAt: number | null): DeliverySummary {
  const { status } = delivery;
  return {
    id: stored.id,
    receivedAt: new Date(delivery.receivedAt).toISOString(),
    source: delivery.source,
    originId: delivery.originId,
    pinned: false,
    incomplete: delivery.incomplete,
    method: delivery.method,
    path: delivery.path,
    type: delivery.type,
    detail: delivery.detail,
    emittedAt: delivery.emittedAt,
    subject: delivery.subject,
    verification: delivery.verification,
    webhookId: delivery.webhookId,
    answered:
      status !== null && answeredAt !== null ? { status, ms: elapsedMs(delivery.receivedAt, answeredAt) } : null,
    bodyBytes: delivery.body.byteLength,
    duplicateOf: stored.duplicateOf,
    attempts: 0,
  };
}
