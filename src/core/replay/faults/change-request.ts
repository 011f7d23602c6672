import { signBody } from "#core/lib/sign-body.ts";
import type { Fault } from "#shared/domain/fault.ts";
import { withSignature } from "../edit-request.ts";
import type { StoredRequest } from "../sender.ts";
import type { SendingWay } from "../sending-way.ts";

/** Nobody's: every webhook has a secret of its own, made by api.video. */
const WRONG_SECRET = "sig_sec_not_of_any_webhook";

/** A request with a fault in it. */
export interface Faulty {
  readonly request: StoredRequest;
  /** How it goes out, where that is the fault. */
  readonly way?: SendingWay;
}

/**
 * Puts into a request what of a fault concerns the request; the same request where it concerns when and how often that
 * is sent. Null where there is nothing to change: no body to cut, no JSON to write differently, no such header.
 */
export function changeRequest(fault: Fault, request: StoredRequest): Faulty | null {
  switch (fault.kind) {
    case "truncate":
      return truncated(request, fault.keep, fault.framing);
    case "change-byte":
      return withByteChanged(request, fault.at);
    case "reserialise":
      return reserialised(request);
    case "wrong-secret":
      return { request: withSignature(request, signBody(request.body, WRONG_SECRET)) };
    case "missing-header":
      return withoutHeader(request, fault.name.toLowerCase());
    case "slow":
      if (request.body.length === 0) return null;
      return { request, way: { kind: "slow", bytesPerSecond: fault.bytesPerSecond } };
    case "duplicate":
    case "reorder":
    case "delay":
    case "burst":
    case "drop":
      return { request };
  }
}

function truncated(request: StoredRequest, keep: number | "half", framing: "fitted" | "broken-off"): Faulty | null {
  const { body } = request;
  const length = keep === "half" ? Math.floor(body.length / 2) : keep;
  if (length >= body.length) return null;
  if (framing === "broken-off") return { request, way: { kind: "break-off", afterBytes: length } };
  return { request: { ...request, body: body.subarray(0, length) } };
}

function withByteChanged(request: StoredRequest, at: number | "middle"): Faulty | null {
  const index = at === "middle" ? Math.floor(request.body.length / 2) : at;
  const byte = request.body[index];
  if (byte === undefined) return null;
  const body = Uint8Array.from(request.body);
  // The lowest bit: most of what is text stays text, so that the signature alone tells.
  body[index] = byte ^ 1;
  return { request: { ...request, body } };
}

/** Indented, or, where it is so already, compact: as a proxy or a framework does that parses what it passes on. */
function reserialised(request: StoredRequest): Faulty | null {
  try {
    const original = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(request.body);
    const value: unknown = JSON.parse(original);
    const text = [JSON.stringify(value, null, 2), JSON.stringify(value)].find((written) => written !== original);
    return text === undefined ? null : { request: { ...request, body: Buffer.from(text) } };
  } catch {
    // No UTF-8, no JSON, or nested deeper than can be written: whoever parses it passes nothing on.
    return null;
  }
}

function withoutHeader(request: StoredRequest, name: string): Faulty | null {
  const headers = request.headers.filter(([key]) => key.toLowerCase() !== name);
  return headers.length === request.headers.length ? null : { request: { ...request, headers } };
}
