import type { Client, EventEnvelope } from "#shared/contract/types.ts";
import { type DeliverySummary, deliveryNumber } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";
import { waitUnless } from "#shared/wait-unless.ts";
import { type Changes, createChanges, type Stretch } from "./changes.ts";
import { followEngine } from "./follow-engine.ts";
import { createGiven, type Given } from "./given.ts";

export interface Following {
  readonly dataDir: string;
  readonly query: string;
  /** So many of the newest that are stored come first; above 0, one that was stored and is found only later counts too. */
  readonly stored: number;
  readonly signal: AbortSignal;
  /** Once: what arrives after the delivery with this number (0: the first) is followed from here on. */
  onReady(newest: number): void;
  /** A line for the user. */
  say(line: string): void;
}

const PAGE = 500;

/**
 * The deliveries that a search finds, each once, as soon as it does: at their arrival, or later where a change makes
 * them fit (an answer, a secret). Events only say when to ask; what fits is the engine's to say. Lasts over restarts of
 * the engine until `signal` aborts. Throws the AppErrors of `deliveries.list` and followEngine.
 */
export async function* followMatches({ query, stored, ...following }: Following): AsyncGenerator<DeliverySummary> {
  const changes = createChanges();
  const over = new AbortController();
  const signal = AbortSignal.any([following.signal, over.signal]);
  let engine: Client | undefined;
  let given: Given | undefined;
  const listening = followEngine({
    ...following,
    signal,
    onConnected(client) {
      engine = client;
      changes.note((given?.floor ?? 0) + 1, Number.POSITIVE_INFINITY);
    },
    onEvent: (event) => noteEvent(event, changes, given),
  }).then(() => changes.end(), changes.end);

  async function* find(client: Client, stretch: Stretch): AsyncGenerator<DeliverySummary> {
    if (given !== undefined) {
      yield* notGiven(given, pages(client, query, stretch));
      return;
    }
    const newest = numberOf((await client.call("deliveries.list", { limit: 1 })).items[0]);
    // Also where none is wanted: a search that cannot be read is known at once.
    const { items } = await client.call("deliveries.list", { query, limit: Math.max(1, stored) });
    given = createGiven(stored > 0 ? 0 : newest);
    if (stored > 0) yield* notGiven(given, [items.reverse()]);
    following.onReady(newest);
  }

  try {
    for (let stretch = await changes.take(); stretch !== null; stretch = await changes.take()) {
      const askedAt = performance.now();
      if (engine !== undefined) yield* whileThere(find(engine, stretch));
      // A search may take a while among many deliveries: the database is left half of its time for what arrives.
      await waitUnless(signal, performance.now() - askedAt);
    }
  } finally {
    over.abort();
    await listening;
  }
}

/** What is given already, and what is not looked at any more, is not asked for again. */
function noteEvent(event: EventEnvelope, changes: Changes, given: Given | undefined): void {
  if (event.name === "reset") changes.note((given?.floor ?? 0) + 1, Number.POSITIVE_INFINITY);
  for (const id of changedBy(event)) {
    const number = deliveryNumber(id);
    if (given?.has(number) !== true) changes.note(number, number);
  }
}

function changedBy(event: EventEnvelope): readonly string[] {
  switch (event.name) {
    case "delivery.received":
    case "delivery.updated":
      return [event.payload.id];
    case "run.progressed":
      return event.payload.attempts.map(({ deliveryId }) => deliveryId);
    default:
      return [];
  }
}

/** All of a stretch that a search finds, oldest first, a page at a time. */
async function* pages(client: Client, query: string, { from, to }: Stretch): AsyncGenerator<DeliverySummary[]> {
  for (let last = from - 1; last < to; ) {
    const { items } = await client.call("deliveries.list", { query, after: `d${last}`, limit: PAGE });
    last = items.length < PAGE ? to : numberOf(items[0]);
    yield items.reverse();
  }
}

async function* notGiven(
  given: Given,
  found: Iterable<readonly DeliverySummary[]> | AsyncIterable<readonly DeliverySummary[]>,
): AsyncGenerator<DeliverySummary> {
  for await (const deliveries of found) {
    for (const delivery of deliveries) {
      // What comes with a file did not arrive.
      if (delivery.source === "imported" || given.has(deliveryNumber(delivery.id))) continue;
      given.add(deliveryNumber(delivery.id));
      yield delivery;
    }
  }
}

/** Until the engine goes away: what it did not say any more is asked of the next one. */
async function* whileThere<T>(answers: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* answers;
  } catch (error) {
    if (!(error instanceof AppError && error.code === "host.disconnected")) throw error;
  }
}

/** 0 where there is none. */
function numberOf(delivery: DeliverySummary | undefined): number {
  return delivery === undefined ? 0 : deliveryNumber(delivery.id);
}
