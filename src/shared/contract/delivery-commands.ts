import * as z from "zod";
import { ActivityCounts } from "#shared/domain/activity.ts";
import { DeliveryDetail, DeliverySummary } from "#shared/domain/delivery.ts";
import { Diagnosis } from "#shared/domain/verification.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";
import { command, DeliveryId as Id, NoInput, Secret } from "./command.ts";

const ById = z.object({ id: Id });
const ByIds = z.object({ ids: z.array(Id).min(1).max(10_000) });

/** What was captured: finding and reading it, keeping it or not. */
export const deliveryCommands = {
  "deliveries.list": command({
    summary: "List the deliveries that a search finds, newest first; `before` is the id that the last page gave",
    input: z
      .object({
        /** As src/shared/search reads it; `input.invalid` carries the places of what cannot be read. */
        query: z.string().max(MAX_QUERY_CHARS).default(""),
        before: Id.nullish(),
        /** The page that ends just above this delivery. */
        after: Id.nullish(),
        /** The page that has this delivery in its middle. */
        around: Id.nullish(),
        /** How many of the newest to pass over. */
        skip: z.int().min(0).optional(),
        limit: z.int().min(1).max(500).default(100),
      })
      .refine(
        ({ before, after, around, skip }) => [before, after, around, skip].filter((at) => at != null).length < 2,
        {
          error: "Give one of before, after, around and skip at most.",
        },
      ),
    output: z.object({
      items: z.array(DeliverySummary),
      before: z.string().nullable(),
      /** How many deliveries match the query in all. */
      total: z.int(),
      /** How many of these are newer than the first item. */
      newer: z.int(),
      seq: z.int(),
    }),
    effect: "read",
  }),
  "deliveries.activity": command({
    summary: "How many deliveries came over a time and in which state, in equal parts of it, oldest first",
    input: z.object({
      /** ISO 8601. Without it, from the oldest delivery that is kept. */
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }),
      buckets: z.int().min(1).max(200),
    }),
    output: z.object({
      from: z.string(),
      to: z.string(),
      buckets: z.array(ActivityCounts),
      /** The first and the last delivery that was counted: what comes later has a later id. */
      oldest: z.string().nullable(),
      newest: z.string().nullable(),
    }),
    effect: "read",
  }),
  "deliveries.get": command({
    summary: "One delivery with its headers, timings, attempts and diagnosis",
    input: ById,
    output: DeliveryDetail,
    effect: "read",
  }),
  "deliveries.body": command({
    summary: "A range of a delivery's exact body bytes",
    input: z.object({ id: Id, offset: z.int().min(0).default(0), length: z.int().min(0).optional() }),
    output: z.object({ base64: z.string(), totalBytes: z.int() }),
    effect: "read",
  }),
  "deliveries.delete": command({
    summary: "Delete deliveries; they can be restored until the app is closed",
    input: ByIds,
    output: z.object({ deleted: z.int() }),
    effect: "write",
  }),
  "deliveries.restore": command({
    summary: "Bring deleted deliveries back",
    input: ByIds,
    output: z.object({ restored: z.int() }),
    effect: "write",
  }),
  "deliveries.clear": command({
    summary: "Clear all deliveries that are not pinned, for good",
    input: NoInput,
    output: z.object({ deleted: z.int() }),
    effect: "write",
  }),
  "deliveries.pin": command({
    summary: "Keep a delivery whatever the limits say",
    input: z.object({ id: Id, pinned: z.boolean().default(true) }),
    output: DeliverySummary,
    effect: "write",
  }),
  "deliveries.note": command({
    summary: "Write a note on a delivery; an empty one removes it",
    input: z.object({ id: Id, note: z.string().max(10_000) }),
    output: DeliverySummary,
    effect: "write",
  }),
  "verification.explain": command({
    summary: "Check a delivery's signature again, with another secret if one is given",
    input: z.object({ id: Id, secret: Secret.optional() }),
    output: Diagnosis,
    effect: "read",
  }),
} as const;
