import * as z from "zod";
import { command } from "./command.ts";

/** What deliveries can be read from: those of `export.create` that hold all of a request, and HAR of other programs. */
export const ImportFormat = z.enum(["har", "jsonl"]);
export type ImportFormat = z.infer<typeof ImportFormat>;

/** For one call; `sendImport` makes several of a larger file. */
export const MAX_IMPORTED_DELIVERIES = 10_000;
export const MAX_IMPORT_CHARS = 32 * 1024 * 1024;
/** Quotes, which most of these texts are full of, are escaped on their way. */
const MAX_INPUT_BYTES = 2 * MAX_IMPORT_CHARS;

/** A line of JSON lines or an entry of HAR, from 1 on. */
const number = z.int();

/** Deliveries from files. */
export const importCommands = {
  "import.read": command({
    summary: "Keep the deliveries of a file as new ones (`source: imported`), and say what could not be read",
    input: z.object({
      format: ImportFormat,
      text: z.string().max(MAX_IMPORT_CHARS, {
        error: `More than ${MAX_IMPORT_CHARS / 1024 / 1024} million characters at once. Send it in parts.`,
      }),
    }),
    output: z.object({
      imported: z.int(),
      /** In the order of the file. */
      ids: z.array(z.string()),
      /** What could not be read, and why; all else was imported. */
      skipped: z.array(z.object({ number, why: z.string() })),
      /** What was kept here before: the same request at the same time. */
      alreadyHere: z.array(z.object({ number, id: z.string() })),
      /** Entries of a HAR that cannot be webhooks: without a body, and of a method that has none. */
      ignored: z.int(),
    }),
    effect: "write",
    maxInputBytes: MAX_INPUT_BYTES,
  }),
} as const;
