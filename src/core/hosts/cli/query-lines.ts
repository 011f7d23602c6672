import type { QueryFault } from "#shared/search/query-fault.ts";

/** The search with an arrow under each place that cannot be read, and what is wrong there. */
export function queryLines({ query, errors }: QueryFault): string[] {
  // One column per character, whatever was typed or pasted.
  const shown = query.replace(/\p{C}|\s/gu, " ");
  return errors.flatMap(({ start, end, message }) => [
    `  ${shown}`,
    `  ${" ".repeat(start)}${"^".repeat(Math.max(1, end - start))}`,
    `  ${message}`,
  ]);
}
