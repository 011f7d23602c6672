import fc from "fast-check";
import { createAnswerParser, type Parsed } from "#core/replay/wire/answer-parser.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";

/** What is known once all pieces were read and the connection has ended in order; null for a mere beginning of a head. */
export function parseAnswer(pieces: readonly Buffer[], method = "POST"): Parsed | null {
  const parser = createAnswerParser(method);
  for (const piece of pieces) {
    const parsed = parser.push(piece);
    if (parsed !== null) return parsed;
  }
  return parser.stop("ended");
}

export function parseText(text: string, method?: string): Parsed | null {
  return parseAnswer([Buffer.from(text, "latin1")], method);
}

/** The bytes cut at these places, which may lie outside and in any order. */
export function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [0, ...places.map((place) => Math.min(place, bytes.length)).toSorted((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end));
}

/** Characters of one byte each, from these ranges. */
export const oneByte = (...ranges: readonly (readonly [number, number])[]) =>
  fc.oneof(...ranges.map(([min, max]) => fc.integer({ min, max }))).map((code) => String.fromCharCode(code));

export const headerNames = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/);
/** Without white space around: that belongs to the line, not to the value. */
export const headerValues = fc
  .string({ unit: oneByte([0x09, 0x09], [0x20, 0x7e], [0x80, 0xff]), maxLength: 40 })
  .map((text) => text.replace(/^[\t ]+|[\t ]+$/g, ""));

const headers: fc.Arbitrary<HeaderPairs> = fc.array(
  fc.tuple(
    headerNames.filter((name) => !/^(?:content-length|transfer-encoding|connection|keep-alive|upgrade)$/i.test(name)),
    headerValues,
  ),
  { maxLength: 6 },
);
const statuses = fc.constantFrom(200, 201, 202, 204, 205, 299, 301, 304, 400, 404, 413, 500, 503, 599, 999);
const bodies = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

/** A chunked body, its bytes cut at `places`, with extensions and trailers. */
function chunked(body: Buffer, places: readonly number[], extension: string, trailer: string): string {
  const chunks = cutAt(body, places).filter((chunk) => chunk.length > 0);
  const texts = chunks.map((chunk) => `${chunk.length.toString(16)}${extension}\r\n${chunk.toString("latin1")}\r\n`);
  return `${texts.join("")}0${extension}\r\n${trailer}\r\n`;
}

/** Answers as a server may send them: any framing, with and without 1xx answers before. */
export const wellFormedAnswers: fc.Arbitrary<Buffer> = fc
  .record({
    before: fc.constantFrom("", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"),
    version: fc.constantFrom("1.1", "1.1", "1.0"),
    status: statuses,
    reason: fc.constantFrom("", " ", " OK", " Not \u00e4t all"),
    headers,
    body: bodies,
    framing: fc.constantFrom("length", "chunked", "until-close"),
    places: fc.array(fc.nat(300), { maxLength: 5 }),
    extension: fc.constantFrom("", ";a=b", ';name="v"'),
    trailer: fc.constantFrom("", "X-Sum: 1\r\n"),
    more: fc.constantFrom("", "Connection: close\r\n", "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n"),
  })
  .map(({ before, version, status, reason, headers: pairs, body, framing, more, ...chunks }) => {
    const isBodiless = status === 204 || status === 304;
    const framingLine = { length: `Content-Length: ${body.length}\r\n`, chunked: "Transfer-Encoding: chunked\r\n" };
    const lines = pairs.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const text = framing === "chunked" ? chunked(body, chunks.places, chunks.extension, chunks.trailer) : body;
    const head = `HTTP/${version} ${status}${reason}\r\n${lines}${framing === "until-close" ? "" : framingLine[framing]}${more}\r\n`;
    return Buffer.from(before + head + (isBodiless ? "" : text.toString("latin1")), "latin1");
  });

/** Bytes that look like an answer here and there. */
export const anyBytes: fc.Arbitrary<Buffer> = fc
  .array(
    fc.oneof(
      wellFormedAnswers.map((bytes) => bytes.toString("latin1")),
      fc.constantFrom("HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 \r\n\r\n", "HTTP/", "\r\n", "\n", "0\r\n\r\n", ": ", "fff"),
      fc.constantFrom("Content-Length: 3\r\n", "Content-Length", "Transfer-Encoding: chunked\r\n", "7;x\r\n", " 7"),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
    ),
    { maxLength: 8 },
  )
  .map((texts) => Buffer.from(texts.join(""), "latin1"));
