import * as z from "zod";
import { MAX_REDACTION_RULES, RedactionRuleText } from "#shared/redaction/redaction-rules.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";
import { command, DeliveryId } from "./command.ts";

/** What deliveries can be made into. */
export const ExportFormat = z.enum(["fixtures", "jsonl", "har", "curl", "raw", "snippet"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** What `snippet` is written in. */
export const SnippetLanguage = z.enum(["node", "python", "php", "ruby", "go", "java"]);
export type SnippetLanguage = z.infer<typeof SnippetLanguage>;

export const ExportFile = z.object({
  name: z.string(),
  text: z.string(),
  /** Where the file's bytes are no UTF-8, which of the formats only `raw` has: `text` is their base64. */
  encoding: z.literal("base64").optional(),
});
export type ExportFile = z.infer<typeof ExportFile>;

/** In one answer; over it, the caller is told to ask for less. */
export const MAX_EXPORTED_DELIVERIES = 1_000;
export const MAX_EXPORTED_BYTES = 32 * 1024 * 1024;

/** The deliveries by their ids, in this order, or all that a search finds, oldest first. */
const which = {
  ids: z.array(DeliveryId).min(1).max(10_000).optional(),
  query: z.string().max(MAX_QUERY_CHARS).optional(),
};
const isOne = ({ ids, query }: { ids?: unknown; query?: unknown }) => (ids === undefined) !== (query === undefined);
const ONE = { error: "Give either ids or a query." };
/** On top of the rules of the settings. */
const redact = z.array(RedactionRuleText).max(MAX_REDACTION_RULES).default([]);

const accounts = {
  /** How many values each rule took out, those that found nothing as well. */
  redacted: z.array(z.object({ rule: z.string(), count: z.int() })),
  /** What was left out, and why. */
  skipped: z.array(z.object({ id: z.string(), why: z.string() })),
};

/** Deliveries as files, with what is private taken out. */
export const exportCommands = {
  "export.create": command({
    summary: "Deliveries as the texts of files: up to 1000 of them, or 32 MiB",
    input: z
      .object({
        format: ExportFormat,
        ...which,
        redact,
        /** Of `snippet`. */
        language: SnippetLanguage.default("node"),
        /** Where `curl` and `snippet` send to; without it, where deliveries are forwarded to, else http://localhost:3000. */
        target: z.string().max(2_000).optional(),
      })
      .refine(isOne, ONE),
    output: z.object({ files: z.array(ExportFile), ...accounts }),
    effect: "read",
  }),
  "export.write": command({
    summary: "Write deliveries as fixtures into a folder, which is made if only its last part is missing",
    input: z.object({ dir: z.string().min(1).max(4_000), ...which, redact }).refine(isOne, ONE),
    output: z.object({
      written: z.int(),
      /** Were there already, the same. */
      unchanged: z.int(),
      /** Names at which something else stands, which was left alone. */
      foreign: z.array(z.string()),
      ...accounts,
    }),
    effect: "write",
  }),
} as const;
