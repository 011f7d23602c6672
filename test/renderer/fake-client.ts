import type { Transport } from "#shared/contract/client.ts";
import type { ConnectionStatus } from "#shared/contract/connection.ts";
import type { AppSnapshot } from "#shared/contract/snapshot.ts";
import type { EventName, EventPayload, Reply } from "#shared/contract/types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { RunSummary } from "#shared/domain/run.ts";
import type { SubjectEntry } from "#shared/domain/subject.ts";
import { sampleDetail, sampleReconciliation, sampleResult, sampleRunComparison, sampleSnapshot } from "./samples.ts";

/** An engine in memory, as far as a window's state needs one: deliveries, their bodies, events, and a line that can break. */
export interface FakeEngine extends Transport {
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
  setStatus(status: ConnectionStatus): void;
  /** Newest first. Change it, then publish what a real engine would. */
  deliveries: DeliverySummary[];
  /** Newest first. */
  gaps: Gap[];
  subjects: SubjectEntry[];
  /** Newest first; each has as many results as it is about, in order. */
  runs: RunSummary[];
  body: Uint8Array;
  snapshot: AppSnapshot;
  /** Every call, in order. */
  readonly calls: { name: string; input: Record<string, unknown> }[];
  /** Called before each answer; await in it to hold the answer back, throw to make the call fail. */
  beforeAnswer: (name: string, input: Record<string, unknown>) => Promise<void> | void;
  publish<N extends EventName>(name: N, payload: EventPayload<N>): void;
  /** Loses an event: its number is used, nobody hears of it. */
  lose(): void;
}

export function createFakeEngine(): FakeEngine {
  const listeners = new Set<(envelope: unknown) => void>();
  const statusListeners = new Set<(status: ConnectionStatus) => void>();
  let status: ConnectionStatus = { kind: "connected", resumed: false };
  let seq = 0;

  const answer = (name: string, input: Record<string, unknown>): unknown => {
    switch (name) {
      case "app.snapshot":
        return { ...engine.snapshot, seq };
      case "deliveries.activity":
        return activity(input);
      case "gaps.list":
        return { gaps: engine.gaps, seq };
      case "webhooks.reconcile":
        return sampleReconciliation();
      case "deliveries.list":
        return list(input);
      case "runs.list":
        return { runs: engine.runs, seq };
      case "runs.results":
        return results(input);
      case "runs.points":
        return { points: [], total: 0 };
      case "runs.compare":
        return sampleRunComparison();
      case "subjects.list":
        return { subjects: engine.subjects, hasMore: false, seq };
      case "subjects.timeline":
        return { deliveries: engine.deliveries, total: engine.deliveries.length, seq };
      case "deliveries.get":
        return { ...sampleDetail(), id: input["id"], bodyBytes: engine.body.length };
      case "deliveries.body": {
        const offset = Number(input["offset"] ?? 0);
        const part = engine.body.subarray(offset, offset + Number(input["length"] ?? engine.body.length));
        return { base64: Buffer.from(part).toString("base64"), totalBytes: engine.body.length };
      }
      default:
        return {};
    }
  };

  const results = (input: Record<string, unknown>): unknown => {
    const total = engine.runs.find(({ id }) => id === input["id"])?.total ?? 0;
    const all = Array.from({ length: total }, (_, index) => sampleResult(index + 1));
    const skip = Number(input["skip"] ?? 0);
    return { results: all.slice(skip, skip + Number(input["limit"])), total };
  };

  /** All of it in the last part: where in time the samples lie is no matter here. */
  const activity = (input: Record<string, unknown>): unknown => {
    const none = { verified: 0, failed: 0, unsigned: 0, unchecked: 0 };
    const buckets = Array.from({ length: Number(input["buckets"]) }, () => ({ ...none }));
    const last = buckets.at(-1) ?? none;
    for (const { verification } of engine.deliveries) last[verification.state] += 1;
    const ids = engine.deliveries.map(({ id }) => id);
    return {
      from: input["from"] ?? input["to"],
      to: input["to"],
      buckets,
      oldest: ids.at(-1) ?? null,
      newest: ids[0] ?? null,
    };
  };

  const list = (input: Record<string, unknown>): unknown => {
    const query = String(input["query"] ?? "");
    const matching = engine.deliveries.filter(({ type }) => type?.includes(query));
    const limit = Number(input["limit"] ?? 100);
    const at = (id: unknown): number => matching.findIndex((delivery) => delivery.id === id);
    const start = startOf(input, at, limit);
    const end = input["after"] == null ? start + limit : at(input["after"]);
    const items = matching.slice(start, end);
    const isEnd = start + items.length >= matching.length;
    return { items, before: isEnd ? null : items.at(-1)?.id, total: matching.length, newer: start, seq };
  };

  const startOf = (input: Record<string, unknown>, at: (id: unknown) => number, limit: number): number => {
    if (input["skip"] !== undefined) return Number(input["skip"]);
    if (input["around"] != null) return Math.max(0, at(input["around"]) - limit / 2);
    return input["after"] == null ? at(input["before"]) + 1 : Math.max(0, at(input["after"]) - limit);
  };

  const engine: FakeEngine = {
    deliveries: [],
    gaps: [],
    subjects: [],
    runs: [],
    body: new Uint8Array(),
    snapshot: sampleSnapshot(),
    calls: [],
    beforeAnswer: () => undefined,
    async invoke(name, input): Promise<Reply> {
      // Commands' inputs are objects; the real engine checks it.
      const fields = input as Record<string, unknown>;
      engine.calls.push({ name, input: fields });
      // No engine answers before its caller goes on.
      await Promise.resolve();
      const result = answer(name, fields);
      await engine.beforeAnswer(name, fields);
      return { ok: true, result };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onStatus(listener) {
      statusListeners.add(listener);
      listener(status);
      return () => void statusListeners.delete(listener);
    },
    setStatus(next) {
      status = next;
      for (const listener of statusListeners) listener(next);
    },
    publish(name, payload) {
      seq += 1;
      for (const listener of listeners) listener({ seq, name, payload });
    },
    lose() {
      seq += 1;
    },
  };
  return engine;
}
