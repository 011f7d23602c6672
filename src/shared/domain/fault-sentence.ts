import { type Fault, faultWords, groupSize, type LiveFault, seconds } from "./fault.ts";

/**
 * What a fault does to the forwards to come, as a sentence; `next`: how many deliveries it is to hit, null for all until it
 * is stopped. `The next 10 deliveries are sent twice.`
 */
export function faultSentence(fault: Fault, next: number | null): string {
  const isOne = next === 1 || fault.every > 1;
  const end = next === null ? ", until you stop it" : fault.every > 1 ? `, ${deliveries(next)} in all` : "";
  return `${who(fault, next)} ${isOne ? "is" : "are"} ${whatIsDone(fault)}${end}.`;
}

/** The same of a fault that is on, and how many deliveries it holds back. */
export function liveFaultSentence({ fault, left, waiting = 0 }: LiveFault): string {
  const held = `${deliveries(waiting)} ${waiting === 1 ? "is" : "are"}`;
  if (left === 0) return `${held} still held back (${faultWords(fault)}).`;
  return `${faultSentence(fault, left)}${waiting === 0 ? "" : ` ${held} held back now.`}`;
}

function who(fault: Fault, next: number | null): string {
  const size = groupSize(fault);
  if (fault.every > 1) return `Every ${ordinal(fault.every)} ${size > 1 ? `group of ${size} deliveries` : "delivery"}`;
  if (next === null) return "All deliveries";
  return next === 1 ? "The next delivery" : `The next ${deliveries(next)}`;
}

function whatIsDone(fault: Fault): string {
  // A group that is named already needs no other word for it.
  const groups = fault.every > 1 ? "" : ` in groups of ${groupSize(fault)}`;
  switch (fault.kind) {
    case "duplicate":
      return fault.times === 2 ? "sent twice" : `sent ${fault.times} times`;
    case "reorder":
      return `sent${groups}, the last one first`;
    case "delay":
      return `sent ${seconds(fault.ms)} late`;
    case "burst":
      return `held back${groups} and sent all at once`;
    case "drop":
      return "not sent at all";
    case "truncate": {
      const part = fault.keep === "half" ? "the first half" : `the first ${bytes(fault.keep)}`;
      return fault.framing === "fitted" ? `sent with only ${part} of the body` : `broken off after ${part} of the body`;
    }
    case "change-byte":
      return `sent with one byte changed, ${fault.at === "middle" ? "in the middle of the body" : `${bytes(fault.at)} into the body`}`;
    case "reserialise":
      return "sent with the same JSON written differently";
    case "wrong-secret":
      return "signed with a wrong secret";
    case "missing-header":
      return `sent without ${fault.name}`;
    case "slow":
      return `sent at ${bytes(fault.bytesPerSecond)} per second`;
  }
}

function deliveries(count: number): string {
  return count === 1 ? "1 delivery" : `${count} deliveries`;
}

function bytes(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

function ordinal(count: number): string {
  const isTeen = count % 100 > 10 && count % 100 < 14;
  return `${count}${isTeen ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th")}`;
}
