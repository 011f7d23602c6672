import type { BodyIncomplete } from "#shared/domain/attempt.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import {
  type AnswerHead,
  type Framing,
  framingOf,
  mayBeStatusLine,
  type Persistence,
  persistenceOf,
  readHeaderLine,
  readStatusLine,
} from "./answer-head.ts";
import { type BodyReader, createBodyReader } from "./body-reader.ts";
import { createLineReader } from "./line-reader.ts";
import { ProtocolError, type ProtocolFault } from "./protocol-fault.ts";

/** An answer's headers are shown whole; this is four times what Node takes by default. */
const MAX_HEAD_BYTES = 64 * 1024;

export interface Answer {
  readonly status: number;
  readonly headers: HeaderPairs;
  /** The first MiB. */
  readonly body: Buffer;
  /** How many bytes of it came in all. */
  readonly bodyBytes: number;
  readonly incomplete: BodyIncomplete | undefined;
  /** Null where nothing else can be sent over the connection. */
  readonly persistence: Persistence | null;
}

/** A fault is known before the head is whole; what breaks behind it leaves an answer with half a body. */
export type Parsed =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "fault"; readonly fault: ProtocolFault };

/** Reads one answer out of pieces, however they are cut. Does no input or output and never throws. */
export interface AnswerParser {
  /** Takes what came next; the result as soon as it stands, after which nothing more is to be pushed. */
  push(bytes: Buffer): Parsed | null;
  /** What there is when nothing more comes, null where that is not even a head. `ended`: in order, as far as TCP knows. */
  stop(why: "ended" | "broken-off" | "timed-out"): Parsed | null;
}

/** For the answer to one request with this method. Answers of the 1xx class before it say nothing to the user. */
export function createAnswerParser(method: string): AnswerParser {
  const lines = createLineReader();
  let headBytes = 0;
  let begun: { version: string; status: number; headers: HeaderPairs } | null = null;
  let framing: Framing | null = null;
  let body: BodyReader | null = null;

  function push(bytes: Buffer): Parsed | null {
    try {
      let offset = 0;
      while (body === null && offset < bytes.length) offset += readHead(bytes, offset);
      if (body === null || begun === null || framing === null) return null;
      const rest = bytes.subarray(offset);
      const progress = body.push(rest);
      if (progress === "more") return null;
      const isReusable = progress === "whole" && body.surplus() === 0;
      return answer(
        begun,
        isReusable ? persistenceOf(begun, framing) : null,
        progress === "whole" ? undefined : progress,
      );
    } catch (error) {
      if (error instanceof ProtocolError) return { kind: "fault", fault: error.fault };
      throw error;
    }
  }

  /** Reads at most one line; returns how many bytes that took. */
  function readHead(bytes: Buffer, offset: number): number {
    const { line, taken } = lines.read(bytes, offset);
    if (begun === null && !mayBeStatusLine(line ?? lines.partial())) throw new ProtocolError("status-line");
    headBytes += taken;
    if (headBytes > MAX_HEAD_BYTES) throw new ProtocolError("head-length");
    if (line === null) return taken;
    if (!line.endsWith("\r")) throw new ProtocolError("line-ending");
    onLine(line.slice(0, -1));
    return taken;
  }

  function onLine(line: string): void {
    if (begun === null) {
      begun = { ...readStatusLine(line), headers: [] };
    } else if (line !== "") {
      begun.headers.push(readHeaderLine(line));
    } else {
      framing = framingOf(begun, method);
      if (begun.status < 200 && framing.kind === "none") begun = null;
      else body = createBodyReader(framing);
    }
  }

  function answer(head: AnswerHead, persistence: Persistence | null, incomplete: BodyIncomplete | undefined): Parsed {
    const { status, headers } = head;
    const kept = body?.kept;
    return {
      kind: "answer",
      answer: {
        ...{ status, headers, incomplete, persistence },
        body: kept?.bytes() ?? Buffer.alloc(0),
        bodyBytes: kept?.total() ?? 0,
      },
    };
  }

  return {
    push,
    stop(why) {
      if (body === null || begun === null) return null;
      if (why === "ended") return answer(begun, null, body.endsWithConnection ? undefined : "broken-off");
      return answer(begun, null, why);
    },
  };
}
