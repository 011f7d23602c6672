import * as z from "zod";
import { UnreachableReason } from "./attempt.ts";
import { Fault } from "./fault.ts";

/**
 * What became of a result since the one it is compared with. fixed: it is as it should be now, and was not before. regressed: the
 * other way round. same: the same status, or no answer for the same reason, and the same body where bodies count.
 * changed: anything else. first: there is nothing to compare with.
 */
export const Verdict = z.enum(["fixed", "regressed", "same", "changed", "first"]);
export type Verdict = z.infer<typeof Verdict>;

/** received: as they came. shuffled: in an order drawn once for the run, which a resume keeps. */
export const RunOrder = z.enum(["received", "shuffled"]);
export type RunOrder = z.infer<typeof RunOrder>;

/**
 * When each is due, counted from the start: at once, at a fixed interval, with the gaps they came with, or with those
 * times a factor (2: twice as slow). Shuffled ones take the places in time of those that came.
 */
export const RunPacing = z.union([
  z.enum(["asap", "original"]),
  z.strictObject({ intervalMs: z.number().min(0).max(86_400_000) }),
  z.strictObject({ factor: z.number().min(0.001).max(1000) }),
]);
export type RunPacing = z.infer<typeof RunPacing>;

export const BodyComparison = z.object({ ignore: z.array(z.string().min(1).max(300)).max(100) });
export type BodyComparison = z.infer<typeof BodyComparison>;

/** How a run goes; decided when it is made. */
export const RunOptions = z.object({
  /** Null where each delivery goes where the routes sent it when the run was made. */
  target: z.string().nullable(),
  /** The search that found its deliveries; absent where they were chosen one by one. */
  query: z.string().optional(),
  order: RunOrder,
  /** What the order was drawn with. */
  seed: z.int().optional(),
  pacing: RunPacing,
  concurrency: z.int(),
  /** The run whose answers are compared with; absent for the last attempt at the same target. */
  baseline: z.string().optional(),
  /** Absent where the status alone decides. */
  compareBody: BodyComparison.optional(),
  /** What is done to its sendings on purpose. */
  fault: Fault.optional(),
});
export type RunOptions = z.infer<typeof RunOptions>;

/** waiting: another one is going. paused: goes on when it is resumed. cancelled: never goes on. */
export const RunState = z.enum(["waiting", "going", "paused", "cancelled", "done"]);
export type RunState = z.infer<typeof RunState>;

/** How many results are of which kind; they count up while the run goes. */
export const RunTally = z.object({
  accepted: z.int(),
  refused: z.int(),
  unreachable: z.int(),
  /** Not sent: the delivery is gone, or the target is not allowed. */
  unsent: z.int(),
  /** Answered as they should be: accepted, or refused where a fault has spoilt the delivery. */
  expected: z.int(),
  fixed: z.int(),
  regressed: z.int(),
  same: z.int(),
  changed: z.int(),
  first: z.int(),
});
export type RunTally = z.infer<typeof RunTally>;

export const NO_RESULTS: RunTally = {
  accepted: 0,
  refused: 0,
  unreachable: 0,
  unsent: 0,
  expected: 0,
  fixed: 0,
  regressed: 0,
  same: 0,
  changed: 0,
  first: 0,
};

/** One replay of many deliveries. Times are ISO 8601, UTC. */
export const RunSummary = z.object({
  id: z.string(),
  name: z.string().optional(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  /** When its last result came, once it is over. */
  endedAt: z.string().nullable(),
  options: RunOptions,
  state: RunState,
  /** Why it is paused although nobody asked for it, in words. */
  trouble: z.string().optional(),
  /** How many sendings it has: one for each delivery, unless a fault duplicates them or a route has several targets. */
  total: z.int(),
  /** How many deliveries were left out: they are gone, only a part of them arrived, or no route sends them anywhere. */
  leftOut: z.int(),
  /** How many have a result. */
  done: z.int(),
  tally: RunTally,
  /** When the next one is due, where it is waited for. */
  nextAt: z.string().optional(),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** accepted: 2xx. refused: any other status. unreachable: no answer. unsent: it was not tried. waiting: its turn has not come. */
export const ResultOutcome = z.enum(["accepted", "refused", "unreachable", "unsent", "waiting"]);
export type ResultOutcome = z.infer<typeof ResultOutcome>;

/** Why there is no answer. not-allowed: the target is refused. gone: the delivery was not there any more. unsendable: HTTP has no such request. */
export const ResultReason = z.enum([...UnreachableReason.options, "not-allowed", "gone", "unsendable"]);
export type ResultReason = z.infer<typeof ResultReason>;

/** A reaction that a result is compared with, and the attempt that brought it, as long as that is kept. */
export const ComparedWith = z.object({
  attemptId: z.string().nullable(),
  status: z.int().nullable(),
  reason: ResultReason.nullable(),
});
export type ComparedWith = z.infer<typeof ComparedWith>;

/** What came of one delivery in a run. */
export const RunResult = z.object({
  /** Its place in the run's order, from 1 on. */
  seq: z.int(),
  deliveryId: z.string(),
  /** Which sending of this delivery to this target it is, from 1 on: a fault may send it more than once. */
  copy: z.int(),
  /** Where it goes: a name or a URL. */
  target: z.string(),
  /** The route that chose the target. */
  route: z.string().optional(),
  /** What was done to it on purpose; absent where that had nothing to change. */
  fault: Fault.optional(),
  /** Whether the answer is as it should be; null before it came. */
  isExpected: z.boolean().nullable(),
  /** What is told of it; null where it was deleted since. */
  delivery: z.object({ type: z.string().nullable(), detail: z.string().optional(), receivedAt: z.string() }).nullable(),
  outcome: ResultOutcome,
  /** Null where nothing was sent, or the attempt went with its delivery. */
  attemptId: z.string().nullable(),
  startedAt: z.string().nullable(),
  ms: z.number().nullable(),
  status: z.int().nullable(),
  reason: ResultReason.nullable(),
  /** Why there is no answer, in words. */
  message: z.string().nullable(),
  verdict: Verdict.nullable(),
  comparedWith: ComparedWith.nullable(),
});
export type RunResult = z.infer<typeof RunResult>;

/** One mark of a run's picture. */
export const RunPoint = z.object({
  seq: z.int(),
  deliveryId: z.string(),
  /** Milliseconds after the run's first sending. */
  atMs: z.number(),
  ms: z.number(),
  status: z.int().nullable(),
  reason: ResultReason.nullable(),
  verdict: Verdict.nullable(),
  outcome: ResultOutcome,
});
export type RunPoint = z.infer<typeof RunPoint>;

/** only-before, only-after: the other run has no result of this delivery. */
export const ComparedVerdict = z.enum([...Verdict.exclude(["first"]).options, "only-before", "only-after"]);
export type ComparedVerdict = z.infer<typeof ComparedVerdict>;

export const RunComparisonTally = z.record(ComparedVerdict, z.int());
export type RunComparisonTally = z.infer<typeof RunComparisonTally>;

/** What came of one delivery in two runs; null in the one that has no result of it. */
export const ComparedResult = z.object({
  deliveryId: z.string(),
  /** Which sending of this delivery to this target in both. */
  copy: z.int(),
  /** A name, a URL or a port, of the later run where it is in both; absent for results of before there were routes. */
  target: z.string().optional(),
  verdict: ComparedVerdict,
  before: ComparedWith.nullable(),
  after: ComparedWith.nullable(),
});
export type ComparedResult = z.infer<typeof ComparedResult>;
