import type { ExportFormat, SnippetLanguage } from "#shared/contract/export-commands.ts";
import type { CommandOutput } from "#shared/contract/types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { AppError } from "#shared/errors.ts";
import type { Connection } from "./connect-engine.ts";
import { type FoundDeliveries, findDeliveries } from "./find-deliveries.ts";

/** For one question to the engine: whatever escapes make of it stays below its limit. */
const CHUNK_DELIVERIES = 200;
const CHUNK_BYTES = 4 * 1024 * 1024;

type Created = CommandOutput<"export.create">;

export interface ExportWish {
  readonly format: ExportFormat;
  readonly language: SnippetLanguage;
  readonly to?: string;
  readonly redact?: readonly string[];
}

/** The newest that a search finds, oldest first. Throws AppError `delivery.not_found` where it finds none. */
export async function findExported({ client }: Connection, query: string, limit: number): Promise<FoundDeliveries> {
  const { deliveries, isMore } = await findDeliveries(client, query, limit);
  if (deliveries.length === 0) throw new AppError("delivery.not_found", "No delivery fits, so nothing is written.");
  return { deliveries: deliveries.toReversed(), isMore };
}

/** Hands on what the engine makes of the deliveries, some at a time, and answers what is to be told of it. */
export async function exportChunks(
  { client }: Connection,
  found: FoundDeliveries,
  { format, language, to, redact = [] }: ExportWish,
  take: (files: Created["files"]) => Promise<void>,
) {
  const redacted = new Map<string, number>();
  const skipped: Created["skipped"] = [];
  for (const ids of chunks(found.deliveries)) {
    const input = { format, language, ids, redact: [...redact], ...(to !== undefined && { target: to }) };
    const created = await client.call("export.create", input);
    await take(created.files);
    for (const { rule, count } of created.redacted) redacted.set(rule, (redacted.get(rule) ?? 0) + count);
    skipped.push(...created.skipped);
  }
  const left = skipped.map(({ id, why }) => `left out  ${id}: ${why}`);
  return {
    lines: [...left, ...redactionLines(redacted, redact)],
    ...{ skipped: skipped.length, exported: found.deliveries.length - skipped.length, isMore: found.isMore },
  };
}

function chunks(deliveries: readonly DeliverySummary[]): string[][] {
  const all: string[][] = [];
  let bytes = 0;
  for (const { id, bodyBytes } of deliveries) {
    bytes += bodyBytes;
    const last = all.at(-1);
    if (last === undefined || last.length >= CHUNK_DELIVERIES || bytes > CHUNK_BYTES) {
      all.push([id]);
      bytes = bodyBytes;
    } else {
      last.push(id);
    }
  }
  return all;
}

/** What was taken out; of the rules on this command line, also that one found nothing. */
function redactionLines(redacted: ReadonlyMap<string, number>, asked: readonly string[]): string[] {
  return [...redacted]
    .filter(([rule, count]) => count > 0 || asked.includes(rule))
    .map(([rule, count]) => (count > 0 ? `redacted  ${rule}: ${count}` : `redacted  ${rule}: nothing was found`));
}
