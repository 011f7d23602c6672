import * as z from "zod";
import { Fault } from "#shared/domain/fault.ts";
import {
  BodyComparison,
  ComparedResult,
  ComparedVerdict,
  ResultOutcome,
  RunComparisonTally,
  RunOrder,
  RunPacing,
  RunPoint,
  RunResult,
  RunSummary,
  Verdict,
} from "#shared/domain/run.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";
import { command, DeliveryId, Done, NoInput, RunId, RunName } from "./command.ts";

/** More than the app keeps unless it is told to. */
const MAX_RUN_DELIVERIES = 100_000;

const ById = z.object({ id: RunId });
const Page = { skip: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) };

const ByBatch = z.object({ batchId: RunId });

/** Many deliveries sent again as one run, and what came of it. */
export const runCommands = {
  "replay.batch": command({
    summary: "Send many deliveries again, as a run that is kept; answers once it is made, and events tell how it goes",
    input: z
      .object({
        ids: z.array(DeliveryId).min(1).max(MAX_RUN_DELIVERIES).optional(),
        /** As `deliveries.list` takes it; empty for all deliveries. */
        query: z.string().max(MAX_QUERY_CHARS).optional(),
        /** Without it, each goes where the routes say at the moment. */
        target: z.string().max(2000).optional(),
        order: RunOrder.default("received"),
        pacing: RunPacing.default("asap"),
        /** With more than one at a time, they start in order and may overtake each other. */
        concurrency: z.int().min(1).max(50).default(1),
        name: RunName.optional(),
        /** The run to compare with; without it, the last attempt at the same target. */
        baseline: RunId.optional(),
        /** Bodies of answers count as well, but for these paths: `metadata[*].value`. */
        compareBody: BodyComparison.optional(),
        /** What is to go wrong on purpose. Its results are compared with those that had the same. */
        fault: Fault.optional(),
      })
      .refine(({ ids, query }) => (ids === undefined) !== (query === undefined), { error: "Give ids or a query." }),
    output: ByBatch,
    effect: "write",
  }),
  "replay.pause": command({
    summary: "Start no more of a run's sendings until it is resumed; those under way come to their end",
    input: ByBatch,
    output: RunSummary,
    effect: "write",
  }),
  "replay.resume": command({
    summary: "Go on with a run that is paused, with the deliveries that have no result yet",
    input: ByBatch,
    output: RunSummary,
    effect: "write",
  }),
  "replay.cancel": command({
    summary: "End a run for good, and what of it is under way; its results stay",
    input: ByBatch,
    output: RunSummary,
    effect: "write",
  }),
  "runs.list": command({
    summary: "All runs that are kept, newest first",
    input: NoInput,
    output: z.object({ runs: z.array(RunSummary), seq: z.int() }),
    effect: "read",
  }),
  "runs.get": command({ summary: "One run", input: ById, output: RunSummary, effect: "read" }),
  "runs.results": command({
    summary: "A page of a run's results, in the run's order",
    input: ById.extend({
      verdict: Verdict.optional(),
      outcome: ResultOutcome.optional(),
      /** Those whose answer is as it should be, or those where it is not: see `isExpected` of a result. */
      expected: z.boolean().optional(),
      ...Page,
    }),
    output: z.object({ results: z.array(RunResult), total: z.int() }),
    effect: "read",
  }),
  "runs.points": command({
    summary: "A run's results as a picture needs them: all that are news, and of the others as many as fit",
    input: ById.extend({ limit: z.int().min(1).max(2_000).default(1_000) }),
    output: z.object({ points: z.array(RunPoint), total: z.int() }),
    effect: "read",
  }),
  "runs.compare": command({
    summary: "What became of each delivery from one run to another",
    input: z.object({
      before: RunId,
      after: RunId,
      /** Without it, as the later run compares: see `replay.batch`. */
      compareBody: BodyComparison.optional(),
      verdict: ComparedVerdict.optional(),
      ...Page,
    }),
    output: z.object({
      tally: RunComparisonTally,
      /** The tally in one line. */
      sentence: z.string(),
      results: z.array(ComparedResult),
      /** How many there are of the verdict that was asked for. */
      total: z.int(),
    }),
    effect: "read",
  }),
  "runs.rename": command({
    summary: "Give a run a name; an empty one takes it away",
    input: ById.extend({ name: RunName }),
    output: RunSummary,
    effect: "write",
  }),
  "runs.remove": command({
    summary:
      "Remove a run and its results; what it sent stays with the deliveries. It can be restored until the app ends",
    input: ById,
    output: Done,
    effect: "write",
  }),
  "runs.restore": command({ summary: "Bring a removed run back", input: ById, output: RunSummary, effect: "write" }),
} as const;
