import * as z from "zod";
import { DeliverySummary } from "#shared/domain/delivery.ts";
import { SubjectEntry, SubjectKind, SubjectLookup, SubjectRef } from "#shared/domain/subject.ts";
import { command } from "./command.ts";

/** The videos and live streams that deliveries are about. */
export const subjectCommands = {
  "subjects.list": command({
    summary: "The videos and live streams that deliveries are about, the last active first",
    input: z.object({
      kind: SubjectKind.optional(),
      /** A part of the id. */
      text: z.string().max(200).default(""),
      limit: z.int().min(1).max(200).default(25),
    }),
    output: z.object({ subjects: z.array(SubjectEntry), hasMore: z.boolean(), seq: z.int() }),
    effect: "read",
  }),
  "subjects.timeline": command({
    summary: "The deliveries about one video or live stream, newest first",
    input: z.object({ subject: SubjectRef, limit: z.int().min(1).max(500).default(200) }),
    output: z.object({
      deliveries: z.array(DeliverySummary),
      /** How many there are in all. */
      total: z.int(),
      seq: z.int(),
    }),
    effect: "read",
  }),
  "subjects.lookup": command({
    summary: "Ask api.video for the title and status of one video or live stream",
    input: z.object({ subject: SubjectRef }),
    output: SubjectLookup,
    effect: "read",
  }),
} as const;
