import type { AnsweredBy } from "#shared/domain/answered-by.ts";
import type { AttemptKind, AttemptOutcome } from "#shared/domain/attempt.ts";
import type { DeliverySource, DeliverySummary, IncompleteReason, Subject, Timings } from "#shared/domain/delivery.ts";
import type { Fault } from "#shared/domain/fault.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import type { Verification } from "#shared/domain/verification.ts";

/** What is known of a delivery when it is handed to the store. Times are epoch milliseconds with a fraction. */
export interface NewDelivery {
  readonly receivedAt: number;
  readonly lastByteAt: number;
  readonly verifiedAt: number;
  readonly source: DeliverySource;
  readonly originId?: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly type: string | null;
  readonly detail?: string | undefined;
  readonly emittedAt?: string | undefined;
  readonly subject: Subject;
  readonly verification: Verification;
  readonly webhookId?: string | undefined;
  /** The status we are about to answer; null where no answer will go out. */
  readonly status: number | null;
  readonly incomplete?: IncompleteReason | undefined;
  /** Flat name, value, name, value… as Node gives them. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
}

/** What the sender was told, where that was decided after the delivery was stored; `ms` after its first byte. */
export interface LateAnswer {
  readonly status: number;
  readonly ms: number;
  readonly by?: AnsweredBy | undefined;
}

export interface StoredContent {
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
}

export interface StoredDelivery {
  readonly summary: DeliverySummary;
  readonly timings: Timings;
  readonly headers: HeaderPairs;
  /** Lowercase hex. */
  readonly bodySha256: string;
}

export interface NewAttempt {
  readonly deliveryId: string;
  readonly kind: AttemptKind;
  readonly target: string;
  readonly targetName?: string | undefined;
  readonly route?: string | undefined;
  readonly startedAt: number;
  readonly ms: number;
  readonly outcome: AttemptOutcome;
  readonly runId?: string;
  readonly fault?: Fault;
  /** Which sending of the delivery in its run, from 1 on. */
  readonly copy?: number;
}

export interface ListPage {
  readonly items: DeliverySummary[];
  readonly before: string | null;
  readonly total: number;
  /** How many of them are newer than the page's first. */
  readonly newer: number;
}

/** Which part of the list is asked for; nothing said means from the newest on. */
export interface ListPlace {
  readonly before?: string | null | undefined;
  readonly after?: string | null | undefined;
  readonly around?: string | null | undefined;
  readonly skip?: number | undefined;
}

/** Ids are `d` and the row's number: short enough to type, in order of arrival, never used twice. */
export function toId(row: number): string {
  return `d${row}`;
}

/** The row of an id; null for text that is no id of ours. */
export function toRow(id: string): number | null {
  return /^d[1-9]\d{0,14}$/.test(id) ? Number(id.slice(1)) : null;
}

/** Runs (batches of replays) are `b` and a number, never used twice. */
export function toRunId(row: number): string {
  return `b${row}`;
}

export function toRunRow(id: string): number | null {
  return /^b[1-9]\d{0,14}$/.test(id) ? Number(id.slice(1)) : null;
}

/** From one reading of the clock to a later one. Where it was set back in between, nobody knows how long that was. */
export function elapsedMs(from: number, to: number): number {
  return roundMs(Math.max(0, to - from));
}

/** Times are kept and shown to a hundredth of a millisecond: what the clock is good for. */
export function roundMs(ms: number): number {
  return Math.round(ms * 100) / 100;
}
