import * as z from "zod";
import { AppError } from "#shared/errors.ts";
import type { QueryError } from "./query.ts";

/** What an AppError `input.invalid` carries in its details where a search could not be read. */
const QueryFault = z.object({
  query: z.string(),
  errors: z.array(z.object({ start: z.int(), end: z.int(), message: z.string() })).min(1),
});
export type QueryFault = z.infer<typeof QueryFault>;

export function toQueryFault(query: string, errors: readonly QueryError[]): AppError {
  const [first] = errors;
  const more = errors.length > 1 ? ` (And ${errors.length - 1} more.)` : "";
  return new AppError("input.invalid", `The search cannot be read. ${first?.message ?? ""}${more}`, {
    details: { query, errors: errors.map(({ start, end, message }) => ({ start, end, message })) },
  });
}

/** Null for every other error. */
export function queryFaultOf(error: AppError): QueryFault | null {
  const fault = QueryFault.safeParse(error.details);
  return error.code === "input.invalid" && fault.success ? fault.data : null;
}
