import * as z from "zod";
import { isHeaderName } from "./header-syntax.ts";
import { SIGNATURE_HEADER } from "./headers.ts";

const MINUTE_MS = 60_000;

/** Said in the same words wherever it is noticed. */
function wholeNumber(min: number, max: number) {
  const error = `A whole number from ${min} to ${max}.`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** Somewhere in a body: a word for where, or a number of bytes. */
function placeInBody<W extends string>(word: W) {
  const error = "A number of bytes, 0 or more.";
  return z.union([z.literal(word), z.int({ error }).min(0, { error })], { error });
}

/** Of how many deliveries one gets the fault, or with `reorder` and `burst`, of how many groups: 1 means all. */
const every = wholeNumber(1, 1_000).default(1);

/** The wire writes these anew for each sending: what has no length, or no host, is no HTTP. */
const OF_THE_WIRE = /^(?:host|content-length|transfer-encoding|connection)$/i;
const HeaderName = z
  .string()
  .max(200)
  .refine(isHeaderName, "A header's name is made of letters, digits and !#$%&'*+.^_`|~-")
  .refine((name) => !OF_THE_WIRE.test(name), "No request can be sent without this header.");

/**
 * What goes wrong on purpose, to see what the handler makes of it.
 *
 * - `duplicate`: sent this many times. `reorder`: groups of this many, each last one first. `delay`: sent so much later,
 *   up to ten minutes, far behind api.video's own tries (3, seconds apart). `burst`: held until there are so many, then sent
 *   at once. `drop`: not sent at all.
 * - `truncate`: only the beginning of the body, with a Content-Length that fits it, or with the whole one's, the
 *   connection ending in the midst. `change-byte`: one bit of one byte is another. `reserialise`: the JSON is
 *   parsed and written differently. In all of these the signature stays that of the original.
 * - `wrong-secret`: signed with a secret that is not the webhook's. `missing-header`: without that header.
 * - `slow`: the body comes in at so many bytes per second.
 */
export const Fault = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("duplicate"), times: wholeNumber(2, 20).default(2), every }),
  z.object({ kind: z.literal("reorder"), window: wholeNumber(2, 100).default(2), every }),
  z.object({ kind: z.literal("delay"), ms: wholeNumber(1, 10 * MINUTE_MS), every }),
  z.object({ kind: z.literal("burst"), count: wholeNumber(2, 100), every }),
  z.object({ kind: z.literal("drop"), every }),
  z.object({
    kind: z.literal("truncate"),
    keep: placeInBody("half").default("half"),
    framing: z.enum(["fitted", "broken-off"]),
    every,
  }),
  z.object({
    kind: z.literal("change-byte"),
    at: placeInBody("middle").default("middle"),
    every,
  }),
  z.object({ kind: z.literal("reserialise"), every }),
  z.object({ kind: z.literal("wrong-secret"), every }),
  z.object({ kind: z.literal("missing-header"), name: HeaderName.default("X-Api-Video-Signature"), every }),
  z.object({ kind: z.literal("slow"), bytesPerSecond: wholeNumber(1, 1_000_000), every }),
]);
export type Fault = z.output<typeof Fault>;
export type FaultKind = Fault["kind"];

/** How many deliveries a fault is to hit; null for all until it is cleared. */
export const NextFaults = wholeNumber(1, 100_000).nullable();

export const FAULT_KINDS: readonly FaultKind[] = Fault.options.map(({ shape }) => shape.kind.value);

/**
 * What is wrong with forwards at the moment; `left`: how many more deliveries it hits, null for all to come. `waiting`: how
 * many of those that it hit are held back, absent for none; with none left, it is over but for them.
 */
export const LiveFault = z.object({ fault: Fault, left: z.int().nullable(), waiting: z.int().optional() });
export type LiveFault = z.infer<typeof LiveFault>;

/** How many deliveries a fault concerns together. */
export function groupSize(fault: Fault): number {
  if (fault.kind === "reorder") return fault.window;
  return fault.kind === "burst" ? fault.count : 1;
}

/** Whether the delivery at this place, counted from 0, has the fault: in the last of every n groups. */
export function isHit(fault: Fault, index: number): boolean {
  const group = Math.floor(index / groupSize(fault));
  return (group + 1) % fault.every === 0;
}

/** What a handler that does it right answers: it refuses what is not what was signed, and has no answer to give where nothing whole comes. */
export function expectedAnswer(fault: Fault): "accepts" | "refuses" | "refuses-or-breaks-off" | "none" {
  switch (fault.kind) {
    case "drop":
      return "none";
    case "truncate":
      return fault.framing === "fitted" ? "refuses" : "refuses-or-breaks-off";
    case "change-byte":
    case "reserialise":
    case "wrong-secret":
      return "refuses";
    case "missing-header":
      return fault.name.toLowerCase() === SIGNATURE_HEADER ? "refuses" : "accepts";
    default:
      return "accepts";
  }
}

/** What was done to a sending, for a badge: a few words that stand alone. */
export function faultWords(fault: Fault): string {
  switch (fault.kind) {
    case "duplicate":
      return `Sent ${fault.times} times`;
    case "reorder":
      return `Order reversed in groups of ${fault.window}`;
    case "delay":
      return `Delayed by ${seconds(fault.ms)}`;
    case "burst":
      return `Held and sent ${fault.count} at once`;
    case "drop":
      return "Dropped on purpose";
    case "truncate":
      return fault.framing === "fitted" ? "Body cut short" : "Connection broken off in the body";
    case "change-byte":
      return "One byte changed";
    case "reserialise":
      return "JSON written differently";
    case "wrong-secret":
      return "Signed with a wrong secret";
    case "missing-header":
      return `Without ${fault.name}`;
    case "slow":
      return `Sent at ${fault.bytesPerSecond} bytes per second`;
  }
}

/** `500 ms`, `1.5 s`. */
export function seconds(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}
