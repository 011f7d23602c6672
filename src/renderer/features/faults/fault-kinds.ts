import { Fault, type FaultKind } from "#shared/domain/fault.ts";
import { SIGNATURE_HEADER } from "#shared/domain/headers.ts";

/** The kinds by what a handler sees of them: first what concerns when and how often, then the request itself. */
export const FAULT_KINDS: readonly (readonly [FaultKind, string])[] = [
  ["duplicate", "Sent twice"],
  ["reorder", "Order reversed"],
  ["delay", "Late"],
  ["burst", "A burst"],
  ["drop", "Lost"],
  ["slow", "Slow sender"],
  ["truncate", "Body cut short"],
  ["change-byte", "One byte changed"],
  ["reserialise", "JSON written differently"],
  ["wrong-secret", "Signed with a wrong secret"],
  ["missing-header", "A header missing"],
];

/** A fault of this kind as one would most likely want it, as often as the one before. */
export function firstFault(kind: FaultKind, every = 1): Fault {
  switch (kind) {
    case "duplicate":
      return { kind, times: 2, every };
    case "reorder":
      return { kind, window: 2, every };
    case "delay":
      return { kind, ms: 5_000, every };
    case "burst":
      return { kind, count: 10, every };
    case "truncate":
      return { kind, keep: "half", framing: "fitted", every };
    case "change-byte":
      return { kind, at: "middle", every };
    case "missing-header":
      return { kind, name: "X-Api-Video-Signature", every };
    case "slow":
      return { kind, bytesPerSecond: 100, every };
    case "drop":
    case "reserialise":
    case "wrong-secret":
      return { kind, every };
  }
}

/** What a handler should make of it. */
export function rightAnswer(fault: Fault): string {
  switch (fault.kind) {
    case "duplicate":
      return "A right handler answers 2xx each time, and does the work once.";
    case "reorder":
      return "A right handler answers 2xx, and goes by emittedAt, not by what came last.";
    case "delay":
      return "A right handler answers 2xx: the event is late, not wrong.";
    case "burst":
      return "A right handler answers 2xx to each: first the answer, then the work.";
    case "drop":
      return "A right application does not wait for ever: what it misses, it asks the API for.";
    case "slow":
      return "A right handler answers 2xx once the body is whole, and all others meanwhile.";
    case "truncate":
      return fault.framing === "fitted"
        ? "A right handler answers 401 or any other refusal: the signature is that of the whole body."
        : "A right handler does nothing: nobody is there for its answer, and half a body proves nothing.";
    case "change-byte":
      return "A right handler answers 401 or any other refusal: the signature does not fit any more.";
    case "reserialise":
      return "A right handler answers 401 or any other refusal: a signature is over exact bytes. 2xx means that it checks a body that it wrote anew, or none.";
    case "wrong-secret":
      return "A right handler answers 401 or any other refusal. 2xx means that it does not check signatures.";
    case "missing-header":
      return fault.name.toLowerCase() === SIGNATURE_HEADER
        ? "A right handler answers 401 or any other refusal: without a signature, anybody may have sent it."
        : "A right handler answers 2xx where it can do without, and a refusal where it cannot.";
  }
}

/** Whether the engine would have it: what stands in the fields may be no number, or out of its limits. */
export function isFit(fault: Fault): boolean {
  return Fault.safeParse(fault).success;
}
