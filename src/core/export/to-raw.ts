import type { ExportFile } from "#shared/contract/export-commands.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { readUtf8 } from "#shared/utf8.ts";
import type { ExportedDelivery } from "./exporter.ts";

/**
 * A delivery as a message of HTTP/1.1, which can be sent as it is: request line, headers in their order and case, an empty
 * line, the body's exact bytes. The body is whole here, so its length stands where chunks were announced. Of what is no
 * UTF-8, the text is base64.
 */
export function toRaw({ summary, path, headers, body }: ExportedDelivery): Pick<ExportFile, "text" | "encoding"> {
  const lines = withLength(headers, body).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${summary.method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
  const bytes = Buffer.concat([Buffer.from(head, "latin1"), body]);
  const text = readUtf8(bytes);
  return text === null ? { text: bytes.toString("base64"), encoding: "base64" } : { text };
}

/** The first header that tells of the length tells that of the body; another one would contradict it. */
function withLength(headers: HeaderPairs, body: Uint8Array): HeaderPairs {
  const length = String(body.length);
  const isFraming = ([name]: HeaderPairs[number]) => /^(?:content-length|transfer-encoding)$/i.test(name);
  const first = headers.findIndex(isFraming);
  if (first === -1) return body.length === 0 ? headers : [...headers, ["Content-Length", length]];
  return headers.flatMap((pair, index): HeaderPairs => {
    if (!isFraming(pair)) return [pair];
    if (index !== first) return [];
    return [[pair[0].toLowerCase() === "content-length" ? pair[0] : "Content-Length", length]];
  });
}
