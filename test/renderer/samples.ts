import type { AppSnapshot } from "#shared/contract/snapshot.ts";
import type { CommandOutput, EventEnvelope, EventName, EventPayload } from "#shared/contract/types.ts";
import type { DeliveryDetail, DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { Reconciliation } from "#shared/domain/missed-event.ts";
import { NO_RESULTS, type RunResult, type RunSummary } from "#shared/domain/run.ts";
import { DEFAULT_SETTINGS } from "#shared/domain/settings.ts";
import type { SubjectEntry } from "#shared/domain/subject.ts";
import type { EngineMirror } from "../../src/renderer/state/app-state.ts";

export function sampleDelivery(change: Partial<DeliverySummary> = {}): DeliverySummary {
  return {
    id: "d1",
    receivedAt: "2026-11-24T14:02:27.904Z",
    source: "received",
    pinned: false,
    method: "POST",
    path: "/",
    type: "video.encoding.quality.completed",
    subject: { videoId: "vi1" },
    verification: { state: "verified" },
    answered: { status: 202, ms: 3 },
    bodyBytes: 165,
    attempts: 0,
    ...change,
  };
}

export function sampleDetail(change: Partial<DeliveryDetail> = {}): DeliveryDetail {
  const { attempts: _, ...summary } = sampleDelivery();
  return {
    ...summary,
    headers: [["Content-Type", "application/json"]],
    timings: { firstByteAt: summary.receivedAt, lastByteMs: 2, verifiedMs: 2.1, committedMs: 2.9, answeredMs: 3.2 },
    bodySha256: "0".repeat(64),
    attempts: [],
    diagnosis: {
      state: "verified",
      title: "The signature is right.",
      explanation: "",
      advice: "",
      received: null,
      computed: null,
      secretOf: null,
      evidence: null,
    },
    ...change,
  };
}

export function sampleGap(change: Partial<Gap> = {}): Gap {
  const from = "2026-11-24T14:02:00.000Z";
  return {
    id: "g1",
    from,
    to: "2026-11-24T14:02:42.000Z",
    cause: "relay",
    message: "The relay did not answer.",
    ...change,
  };
}

export function sampleSubject(change: Partial<SubjectEntry> = {}): SubjectEntry {
  return {
    subject: { kind: "video", id: "vi1" },
    deliveries: 1,
    failed: 0,
    firstAt: "2026-11-24T14:02:27.904Z",
    lastAt: "2026-11-24T14:02:27.904Z",
    last: { id: "d1", type: "video.encoding.quality.completed" },
    ...change,
  };
}

/** One rendition of one video was missed. */
export function sampleReconciliation(change: Partial<Reconciliation> = {}): Reconciliation {
  return {
    from: "2026-11-24T14:02:00.000Z",
    to: "2026-11-24T14:02:42.000Z",
    missed: [
      {
        id: "video.encoding.quality.completed vi1 hls 720p",
        type: "video.encoding.quality.completed",
        detail: "hls 720p",
        subject: { videoId: "vi1" },
        reason: "api.video has encoded hls 720p of this video, and no delivery of it is kept.",
        set: { videoId: "vi1", encoding: "hls", quality: "720p" },
      },
    ],
    checkedVideos: 1,
    checkedLiveStreams: 0,
    isComplete: true,
    notes: [],
    ...change,
  };
}

export function sampleSnapshot(change: Partial<AppSnapshot> = {}): AppSnapshot {
  return {
    versions: { app: "0.1.0", node: "24.0.0" },
    dataDir: "/data",
    listener: { url: "http://127.0.0.1:4747" },
    tunnel: { provider: "none", phase: "idle", url: null },
    api: { environment: "simulator", baseUrl: "http://127.0.0.1:1", hasKey: true },
    registration: { phase: "none" },
    faults: null,
    hold: { rule: null, held: [] },
    forwarding: { target: null },
    targets: [],
    counts: { total: 0, verified: 0, failed: 0, unsigned: 0, unchecked: 0, bytes: 0 },
    settings: {
      values: DEFAULT_SETTINGS,
      sources: {},
      profiles: [{ id: "default", name: "Default", settings: {} }],
      profile: "default",
    },
    launch: [],
    problems: [],
    seq: 0,
    ...change,
  };
}

export function sampleMirror(items: readonly DeliverySummary[] = [], query = ""): EngineMirror {
  return {
    ...sampleSnapshot(),
    gaps: [],
    list: { query, items, newer: 0, before: null, total: items.length, arrivals: 0 },
  };
}

export function sampleEvent<N extends EventName>(seq: number, name: N, payload: EventPayload<N>): EventEnvelope {
  // The generic signature ties payload to name; the union cannot see that.
  return { seq, name, payload } as EventEnvelope;
}

export function sampleRun(change: Partial<RunSummary> = {}): RunSummary {
  return {
    ...{ id: "b1", createdAt: "2026-11-24T12:00:00.000Z", startedAt: null, endedAt: null },
    options: { target: "3000", order: "received", pacing: "asap", concurrency: 1 },
    ...{ state: "going", total: 3, leftOut: 0, done: 0, tally: NO_RESULTS },
    ...change,
  };
}

export function sampleResult(seq: number): RunResult {
  return {
    ...{ seq, deliveryId: `d${seq}`, delivery: null, outcome: "waiting", attemptId: null, startedAt: null },
    ...{ copy: 1, target: "3000", isExpected: null },
    ...{ ms: null, status: null, reason: null, message: null, verdict: null, comparedWith: null },
  };
}

export function sampleRunComparison(): CommandOutput<"runs.compare"> {
  const tally = { fixed: 1, regressed: 0, same: 0, changed: 0, "only-before": 0, "only-after": 0 };
  return { tally, sentence: "1 fixed", results: [], total: 0 };
}
