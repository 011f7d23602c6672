import type { IncomingMessage } from "node:http";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { type Answer, refused, required } from "./answer.ts";

/** What one request may carry, by the reference of progressive upload. */
const MAX_FILE_BYTES = 200 * 1024 * 1024;

/** One file more than allowed, to see that there was one too many. */
const LIMITS = { files: 2, fileSize: MAX_FILE_BYTES, fields: 20, fieldSize: 10_000, parts: 30, headerPairs: 50 };

/** How a source comes in pieces: numbered parts, of which the number may be open (`part 2/*`), or ranges of bytes. */
export type ContentRange =
  | { readonly kind: "part"; readonly part: number; readonly total: number | null }
  | { readonly kind: "bytes"; readonly from: number; readonly to: number; readonly total: number };

/** Undefined without the header; null where it is malformed. */
export function parseContentRange(header: string | undefined): ContentRange | null | undefined {
  if (header === undefined) return undefined;
  const [, part, parts] = /^part (\d{1,6})\/(\d{1,6}|\*)$/.exec(header) ?? [];
  if (part !== undefined) {
    const total = parts === "*" ? null : Number(parts);
    const isValid = Number(part) >= 1 && Number(part) <= (total ?? Number(part));
    return isValid ? { kind: "part", part: Number(part), total } : null;
  }
  const [, from, to, total] = /^bytes (\d{1,13})-(\d{1,13})\/(\d{1,13})$/.exec(header) ?? [];
  if (from === undefined) return null;
  const range = { kind: "bytes", from: Number(from), to: Number(to), total: Number(total) } as const;
  return range.from <= range.to && range.to < range.total ? range : null;
}

export type Received =
  | { readonly kind: "received"; readonly bytes: number }
  | { readonly kind: "refused"; readonly answer: Answer };

/**
 * Reads a multipart body to its end and keeps nothing of it but the length of its one file, whatever the name of the
 * field: api.video's own client puts the file's name there.
 */
export async function receiveFile(request: IncomingMessage): Promise<Received> {
  const contentType = request.headers["content-type"];
  if (contentType === undefined || !/^multipart\/form-data\s*;/i.test(contentType)) return noFile;
  const files: BusboyFileStream[] = [];
  try {
    const parser = new Busboy({ headers: { ...request.headers, "content-type": contentType }, limits: LIMITS });
    parser.on("file", (_name, stream) => {
      files.push(stream.resume());
    });
    await parse(request, parser);
  } catch {
    // Broken off or malformed multipart: the sender's doing, said to the sender.
    return refuse("uploaded-file-invalid", "The uploaded file is invalid.");
  }
  const [file, second] = files;
  if (file === undefined) return noFile;
  if (second !== undefined)
    return refuse("uploaded-file-multiple-files", "There are more than one uploaded file in the request.");
  if (file.truncated) return refuse("uploaded-file-too-large", "The uploaded file is too large.");
  if (file.bytesRead === 0) return refuse("uploaded-file-empty", "The uploaded file is empty.");
  return { kind: "received", bytes: file.bytesRead };
}

/** Unlike a pipeline it leaves the connection open when the multipart is malformed, so that an answer can be given. */
async function parse(request: IncomingMessage, parser: BusboyInstance): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  parser.once("finish", resolve);
  parser.on("error", reject);
  request.once("error", reject);
  try {
    request.pipe(parser);
    await promise;
  } finally {
    request.unpipe(parser);
    request.resume();
  }
}

/** A 400 of https://docs.api.video/reference/video-upload-errors. */
export function uploadRefused(slug: string, title: string): Answer {
  return refused(400, { slug, title, name: "" });
}

function refuse(slug: string, title: string): Received {
  return { kind: "refused", answer: uploadRefused(slug, title) };
}

const noFile: Received = { kind: "refused", answer: refused(400, required("file")) };
