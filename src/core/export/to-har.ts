import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { headerValue } from "#shared/domain/headers.ts";
import { readUtf8 } from "#shared/utf8.ts";
import { STATUS_CODES } from "../lib/node-http.ts";
import type { ExportedDelivery } from "./exporter.ts";
import { toFacts } from "./to-record.ts";

/** What HAR has for a size that is not known. */
const UNKNOWN = -1;
const SEPARATOR = ",\n";
const END = "\n]}}\n";

/** A HAR 1.2 document (http://www.softwareishard.com/blog/har-12-spec/), an entry per delivery and line. */
export function writeHar(deliveries: readonly ExportedDelivery[], version: string): string {
  const creator = JSON.stringify({ name: "apivideo-inspector", version });
  const entries = deliveries.map((delivery) => JSON.stringify(toEntry(delivery)));
  return `{"log":{"version":"1.2","creator":${creator},"entries":[\n${entries.join(SEPARATOR)}${END}`;
}

/** One document of several that `writeHar` wrote; part by part, for all together may be large. */
export function createHarJoiner(): { add(har: string): string; end(): string } {
  let hasStart = false;
  let hasEntries = false;
  return {
    add(har) {
      const head = har.slice(0, har.indexOf("\n") + 1);
      const entries = har.slice(head.length, -END.length);
      const start = hasStart ? "" : head;
      const separator = hasEntries && entries !== "" ? SEPARATOR : "";
      hasStart = true;
      hasEntries ||= entries !== "";
      return start + separator + entries;
    },
    end: () => END,
  };
}

function toEntry(delivery: ExportedDelivery) {
  const { summary, path, headers, body } = delivery;
  const answer = answerOf(summary);
  const query = path.indexOf("?");
  return {
    startedDateTime: summary.receivedAt,
    time: answer.ms,
    request: {
      method: summary.method,
      url: urlOf(delivery),
      ...{ httpVersion: "HTTP/1.1", cookies: [], headers: headers.map(([name, value]) => ({ name, value })) },
      queryString: [...new URLSearchParams(query < 0 ? "" : path.slice(query))].map(([name, value]) => ({
        name,
        value,
      })),
      ...(body.length > 0 && { postData: toPostData(headerValue(headers, "content-type") ?? "", body) }),
      ...{ headersSize: UNKNOWN, bodySize: body.length },
    },
    // Of an answer, status and time are kept.
    response: {
      ...{ status: answer.status, statusText: STATUS_CODES[answer.status] ?? "" },
      ...{ httpVersion: "HTTP/1.1", cookies: [], headers: [], content: { size: 0, mimeType: "x-unknown" } },
      ...{ redirectURL: "", headersSize: UNKNOWN, bodySize: UNKNOWN, comment: answer.comment },
    },
    cache: {},
    timings: { send: 0, wait: answer.ms, receive: 0 },
    _delivery: toFacts(delivery),
  };
}

/** What the sender was told; where nothing is known of that, what the delivery was answered when it was last sent on. */
function answerOf({ answered, lastAttempt }: DeliverySummary) {
  if (answered !== null) return { status: answered.status, ms: answered.ms, comment: "What the sender was answered." };
  if (lastAttempt === undefined) return { status: 0, ms: 0, comment: "No answer is known." };
  return { status: lastAttempt.status ?? 0, ms: lastAttempt.ms, comment: "The answer to the last attempt." };
}

/** HAR holds text only. The field for other bytes is ours, as its underscore says. */
function toPostData(mimeType: string, body: Uint8Array) {
  const text = readUtf8(body);
  if (text !== null) return { mimeType, text };
  return { mimeType, text: "", _bodyBase64: Buffer.from(body).toString("base64") };
}

/** A valid URL, whatever came; the path exactly as it came is in `_delivery`. */
function urlOf({ path, headers }: ExportedDelivery): string {
  const host = URL.parse(`http://${headerValue(headers, "host") ?? ""}`)?.host ?? "localhost";
  const escaped = path.replace(/%(?![0-9A-Fa-f]{2})|[^\w\-.~:/?@!$&'()*+,;=%]/g, (character) =>
    [...Buffer.from(character, character > "\u00ff" ? "utf8" : "latin1")]
      .map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`)
      .join(""),
  );
  return `http://${host}${escaped.startsWith("/") ? "" : "/"}${escaped}`;
}
