import { type Command, InvalidArgumentError } from "commander";
import type { Client } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import { formatTerm } from "#shared/search/format-query.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";
import { toQueryFault } from "#shared/search/query-fault.ts";

export interface FilterFlags {
  readonly events?: readonly string[];
  readonly query?: string;
}

/** Room for ` id:d…`. */
const MAX_FILTER_CHARS = MAX_QUERY_CHARS - 30;

export function addFilterFlags(command: Command): Command {
  return command
    .option("--events <types>", "show only these event types, or what begins like this (comma between them)", readTypes)
    .option("--query <search>", "show only what a search finds when it arrives (see `events list --help`)");
}

/** The search that all that is shown fits; null for everything. Throws AppError `input.invalid` with its places. */
export function readFilter({ events, query }: FilterFlags): string | null {
  const types = events && formatTerm({ kind: "field", key: "type", values: events });
  const filter = [types, query?.trim()].filter((part) => part).join(" ");
  if (filter === "") return null;
  const { errors } = parseQuery(filter);
  if (errors.length > 0) throw toQueryFault(filter, errors);
  if (filter.length <= MAX_FILTER_CHARS) return filter;
  throw new AppError("input.invalid", `--query: The search is too long. Use at most ${MAX_FILTER_CHARS} characters.`);
}

/** Asks the engine whether the search finds this delivery. */
export async function isFound(client: Client, filter: string, deliveryId: string): Promise<boolean> {
  const id = formatTerm({ kind: "field", key: "id", values: [deliveryId] });
  const { total } = await client.call("deliveries.list", { query: `${filter} ${id}`, limit: 1 });
  return total > 0;
}

function readTypes(text: string): string[] {
  const types = text.split(",").map((type) => type.trim());
  if (types.includes("")) throw new InvalidArgumentError("Write types with a comma between them.");
  return types;
}
