import { hash } from "node:crypto";
import * as z from "zod";
import { HeaderPairs } from "#shared/domain/headers.ts";
import {
  broken,
  EXTRAS,
  fromBase64,
  type ImportFile,
  LooseTime,
  parseJson,
  type Reading,
  toExtras,
  toReading,
  withoutBom,
  wordsOf,
} from "./imported-request.ts";

/** What of a line makes the request, and what proves that it is whole; all else in it is made anew here. */
const Line = z.object({
  method: z.string(),
  path: z.string(),
  headers: HeaderPairs,
  bodyBase64: z.string(),
  bodyBytes: z.int().nullish(),
  bodySha256: z.string().nullish(),
  incomplete: z.unknown().optional(),
  receivedAt: LooseTime,
  ...EXTRAS,
});

/** JSON lines as `export.create` writes them. Lines without a sign are passed over, and counted. */
export function readJsonl(text: string): ImportFile {
  const lines = withoutBom(text);
  return { total: countLines(lines), readings: readLines(lines) };
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

function* readLines(text: string): Generator<Reading> {
  let number = 0;
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end === -1 ? text.length : end);
    number += 1;
    if (/\S/.test(line)) yield readLine(number, line);
    if (end === -1) return;
    start = end + 1;
  }
}

function readLine(number: number, text: string): Reading {
  const value = parseJson(text);
  if (value === undefined) return broken(number, "It is no JSON.");
  const line = Line.safeParse(value);
  if (!line.success) return broken(number, wordsOf(line.error));
  const { method, path, headers, bodyBase64, bodyBytes, bodySha256, incomplete } = line.data;
  if (incomplete != null) return broken(number, "Only a part of it arrived.");
  const body = fromBase64(bodyBase64);
  if (body === null) return broken(number, "Its body is no base64.");
  if (bodyBytes != null && bodyBytes !== body.length) {
    return broken(number, `Its body has ${body.length} bytes, and should have ${bodyBytes}.`);
  }
  if (bodySha256 != null && bodySha256.toLowerCase() !== hash("sha256", body, "hex")) {
    return broken(number, "Its body is not the one that its SHA-256 is of.");
  }
  return toReading(number, { method, path, headers, body, ...toExtras(line.data) });
}
