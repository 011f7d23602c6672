import type { IncomingMessage } from "node:http";
import type { BodyIncomplete } from "#shared/domain/attempt.ts";

const MAX_KEPT_BYTES = 1024 * 1024;
/** Nobody answers a webhook with more; an answer without an end would hold the connection for nothing. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

export interface AnswerBody {
  /** The first MiB. */
  readonly bytes: Buffer;
  /** How many came in all. */
  readonly total: number;
  readonly incomplete?: BodyIncomplete;
}

export const NO_BODY: AnswerBody = { bytes: Buffer.alloc(0), total: 0 };

/** Reads an answer's body to its end, keeping the beginning. Breaking off is part of what is told, not an error. */
export async function readAnswer(response: IncomingMessage, deadline: AbortSignal): Promise<AnswerBody> {
  const kept: Buffer[] = [];
  let total = 0;
  const body = (incomplete?: BodyIncomplete): AnswerBody => ({
    bytes: Buffer.concat(kept),
    total,
    ...(incomplete && { incomplete }),
  });
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (total < MAX_KEPT_BYTES) kept.push(Buffer.from(chunk.subarray(0, MAX_KEPT_BYTES - total)));
      total += chunk.length;
      if (total >= MAX_READ_BYTES) return body("too-long");
    }
    return response.complete ? body() : body("broken-off");
  } catch {
    // The connection failed, or was ended at the deadline: the status and what came before are worth showing.
    return body(deadline.aborted ? "timed-out" : "broken-off");
  }
}
