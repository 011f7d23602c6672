import * as z from "zod";
import { isHeaderName, isHeaderValue } from "#shared/domain/header-syntax.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";

/** A request as a file tells of it: one that HTTP could have carried, with its exact bytes. */
export interface ImportedRequest {
  /** Epoch milliseconds; null where the file says none that can be read. */
  readonly receivedAt: number | null;
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderPairs;
  readonly body: Buffer;
  /** What its sender was told then. */
  readonly answered: { readonly status: number; readonly ms: number } | null;
  readonly note: string | null;
}

/** What became of one line or entry. ignored: not meant, and no fault. */
export type Reading =
  | { readonly kind: "request"; readonly number: number; readonly request: ImportedRequest }
  | { readonly kind: "broken"; readonly number: number; readonly why: string }
  | { readonly kind: "ignored"; readonly number: number };

/** The lines or entries of a file, read one by one as they are asked for. */
export interface ImportFile {
  readonly total: number;
  readonly readings: Iterable<Reading>;
}

/** As much as the listener takes. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_HEAD_CHARS = 256 * 1024;
const MAX_METHOD_CHARS = 64;
const MAX_NOTE_CHARS = 10_000;
const MAX_ANSWER_MS = 24 * 60 * 60_000;

/** What a file may say besides the request; where it is not as we write it, it is as if it were not there. */
export const EXTRAS = {
  note: z.string().max(MAX_NOTE_CHARS).nullish().catch(null),
  answered: z
    .object({ status: z.int().min(100).max(599), ms: z.number().min(0).max(MAX_ANSWER_MS) })
    .nullish()
    .catch(null),
};
/** ISO 8601 with its zone. */
export const LooseTime = z.iso.datetime({ offset: true }).nullish().catch(null);

/** The reading of a request, if HTTP could have carried it. */
export function toReading(number: number, request: ImportedRequest): Reading {
  const why = faultOf(request);
  return why === null ? { kind: "request", number, request } : { kind: "broken", number, why };
}

export function broken(number: number, why: string): Reading {
  return { kind: "broken", number, why };
}

/** Which part of a line or entry is not of the expected form; nothing of the file's own text. */
export function wordsOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.map(String).join(".") ?? "";
  if (path === "") return "It is no JSON object.";
  const message = issue?.message ?? "";
  return message.endsWith("received undefined") ? `It has no ${path}.` : `Its ${path} is of another form. ${message}.`;
}

/** Null where it is no time; a note with half a character in it could not be kept as it is. */
export function toExtras({
  receivedAt,
  note,
  answered,
}: {
  receivedAt?: z.infer<typeof LooseTime>;
  note?: string | null | undefined;
  answered?: ImportedRequest["answered"] | undefined;
}): Pick<ImportedRequest, "receivedAt" | "note" | "answered"> {
  const at = Date.parse(receivedAt ?? "");
  return {
    receivedAt: Number.isNaN(at) ? null : at,
    note: note == null || note === "" ? null : note.toWellFormed(),
    answered: answered ?? null,
  };
}

/** The bytes of a base64 text, with or without its padding; null where it is none. */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return unpadded(bytes.toString("base64")) === unpadded(text) ? bytes : null;
}

function unpadded(base64: string): string {
  return base64.endsWith("==") ? base64.slice(0, -2) : base64.endsWith("=") ? base64.slice(0, -1) : base64;
}

/** JSON that others wrote; undefined for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever is wrong with it, the line is named.
    return undefined;
  }
}

/** Some editors write one, and no JSON begins with it. */
export function withoutBom(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function faultOf({ method, path, headers, body }: ImportedRequest): string | null {
  if (!isHeaderName(method) || method.length > MAX_METHOD_CHARS) return "Its method is none that HTTP can carry.";
  if (!/^[\x21-\xff]+$/.test(path)) {
    return "Its path is empty, or holds a space, a control character or what is no Latin-1.";
  }
  const wrong = headers.findIndex(([name, value]) => !isHeaderName(name) || !isHeaderValue(value));
  if (wrong !== -1) return `Its header ${wrong + 1} has a name or a value that HTTP cannot carry.`;
  const headChars = headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, path.length);
  if (headChars > MAX_HEAD_CHARS) return "Its path and headers are larger than 256 KiB.";
  return body.length > MAX_BODY_BYTES ? "Its body is larger than 10 MiB." : null;
}
