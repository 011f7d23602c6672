import { parseEnvelope } from "#shared/contract/client.ts";
import { getEvents } from "#shared/contract/control-api.ts";
import { createSseParser } from "#shared/contract/sse-parser.ts";
import type { EventEnvelope } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import type { EngineRecord } from "../../engine-record.ts";

/**
 * What a running engine tells from now on, in pieces as they come, until it ends, the stream breaks or `signal` aborts;
 * null where it does not answer. Reading throws AppError `internal` at an event that is not of the contract.
 */
export async function openEventStream(
  record: EngineRecord,
  signal: AbortSignal,
): Promise<AsyncGenerator<readonly EventEnvelope[]> | null> {
  try {
    const response = await getEvents(record, { signal });
    if (response.ok && response.body !== null) return readPieces(response.body);
    await response.body?.cancel();
  } catch {
    // It is on its way up or down, or nobody waits any more: the same as no engine.
  }
  return null;
}

async function* readPieces(body: ReadableStream<Uint8Array>): AsyncGenerator<readonly EventEnvelope[]> {
  let events: EventEnvelope[] = [];
  const parser = createSseParser(({ data }) => void events.push(parseEnvelope(JSON.parse(data))));
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) {
      parser.push(decoder.decode(chunk, { stream: true }));
      yield events;
      events = [];
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    // It broke off, which is an end like any other: whoever reads opens the next one.
  }
}
