import type { AttemptOutcome } from "#shared/domain/attempt.ts";
import { isHeaderName, isHeaderValue } from "#shared/domain/header-syntax.ts";
import { CONNECTION_HEADERS, type HeaderPairs, namedByConnection } from "#shared/domain/headers.ts";
import type { Answer } from "../lib/answer.ts";

/** Headers of one connection, and the length, which is that of what is passed on. */
const NEVER_RELAYED = [...CONNECTION_HEADERS, "content-length"];

/** They describe a body that is not passed on. */
const OF_THE_BODY = new Set(["content-encoding", "content-range", "content-md5", "digest", "content-digest", "etag"]);

/** What the developer's server answered, as it goes back to the sender; what did not come in time or in one piece is a 504 or 502. */
export function toRelayedAnswer(outcome: AttemptOutcome | "failed" | "late"): Answer {
  if (outcome === "late") return gatewayAnswer(504, "The server behind did not answer in time.");
  if (outcome === "failed") return gatewayAnswer(502, "There is no server behind.");
  if (outcome.kind === "unreachable") {
    const isLate = outcome.reason === "timeout";
    return isLate ? toRelayedAnswer("late") : gatewayAnswer(502, "The server behind did not answer.");
  }
  const { status, bodyBase64, bodyBytes, bodyIncomplete } = outcome;
  // A 101 has left HTTP, and what is above 599 means nothing: neither is an answer to a delivery.
  if (status < 200 || status > 599) return gatewayAnswer(502, "The server behind answered with no status of HTTP.");
  if (bodyIncomplete === "broken-off") return gatewayAnswer(502, "The server behind broke off its answer.");
  if (bodyIncomplete === "timed-out") return toRelayedAnswer("late");
  const body = Buffer.from(bodyBase64, "base64");
  const headers = relayedHeaders(outcome.headers);
  // The status is what counts. A part of a body under the headers of the whole one would be a lie.
  if (body.length < bodyBytes) return { status, headers: withoutBodyHeaders(headers), body: Buffer.alloc(0) };
  return { status, headers, body };
}

/** One line of plain text: whoever sends to a public URL learns nothing of this machine. */
function gatewayAnswer(status: number, line: string): Answer {
  return { status, headers: [["Content-Type", "text/plain; charset=utf-8"]], body: Buffer.from(`${line}\n`) };
}

function relayedHeaders(headers: HeaderPairs): HeaderPairs {
  const dropped = new Set([...NEVER_RELAYED, ...namedByConnection(headers)]);
  return headers.filter(([name, value]) => {
    const key = name.toLowerCase();
    // A line break in a value would be a header more, or a whole answer: such a header is left out.
    return !dropped.has(key) && !key.startsWith("proxy-") && isHeaderName(name) && isHeaderValue(value);
  });
}

function withoutBodyHeaders(headers: HeaderPairs): HeaderPairs {
  return headers.filter(([name]) => !OF_THE_BODY.has(name.toLowerCase()));
}
