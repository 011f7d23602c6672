import * as z from "zod";
import { parseQuery } from "#shared/search/parse-query.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";

/** Where deliveries are written as fixtures while they come in, and which; an empty search means all. */
export const FixtureFolder = z.object({
  dir: z
    .string()
    .trim()
    .max(4_000)
    .refine((dir) => /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(dir), {
      error: "Name the folder by its whole path, from / or a drive on.",
    }),
  query: z
    .string()
    .trim()
    .max(MAX_QUERY_CHARS)
    .superRefine((query, context) => {
      const [error] = parseQuery(query).errors;
      if (error !== undefined) context.addIssue({ code: "custom", message: error.message });
    }),
});
export type FixtureFolder = z.infer<typeof FixtureFolder>;
