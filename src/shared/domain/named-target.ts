import * as z from "zod";
import { isHeaderName, isHeaderValue } from "./header-syntax.ts";
import { parseTarget } from "./target.ts";

/** The parts of a message that the sending itself decides, by their lower-case names. */
const OUR_HEADERS: ReadonlySet<string> = new Set(["host", "content-length", "connection", "transfer-encoding"]);

const HeaderName = z
  .string()
  .min(1, { error: "Give the header a name." })
  .max(200)
  .refine(isHeaderName, { error: "A header's name has letters, digits and signs, and no spaces." })
  .refine((name) => !OUR_HEADERS.has(name.toLowerCase()), {
    error: "Host, Content-Length, Connection and Transfer-Encoding come with the sending and cannot be set.",
  });

const HeaderValue = z
  .string()
  .max(4_000)
  // A line break would be a header more; spaces around it would not arrive.
  .refine((value) => isHeaderValue(value) && !/^[\t ]|[\t ]$/.test(value), {
    error: "A header's value is one line of Latin letters and signs, without spaces around it.",
  });

/** Headers to add behind a delivery's own. */
export const AddedHeaders = z.array(z.tuple([HeaderName, HeaderValue])).max(20, { error: "At most 20 headers." });

export const TargetName = z
  .string()
  .trim()
  .min(1, { error: "Give the target a name." })
  .max(60, { error: "At most 60 characters." })
  // What is given for `--to` is a URL or a port first.
  .refine((name) => parseTarget(name) === null, { error: "A URL or a port is no name." });

/** One server of the developer's, under a name that routes and `--to` know it by. */
export const Target = z.object({
  name: TargetName,
  url: z
    .string()
    .max(2000)
    .refine((text) => parseTarget(text) !== null, { error: "Use an http:// or https:// URL, or a bare port." })
    // A bare port is a way of typing; what is kept and shown is the URL it means.
    .transform((text) => parseTarget(text)?.href ?? text),
  headers: AddedHeaders,
});
export type Target = z.infer<typeof Target>;

export const MAX_TARGETS = 20;

export const Targets = z
  .array(Target)
  .max(MAX_TARGETS, { error: `At most ${MAX_TARGETS} targets.` })
  .refine((targets) => areDistinct(targets.map(({ name }) => name)), {
    error: "There is a target of this name already.",
  });

/** Names that differ in nothing but capitals would be mistaken for each other. */
export function areDistinct(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.toLowerCase())).size === names.length;
}

export function findTarget(targets: readonly Target[], name: string): Target | undefined {
  const wanted = name.trim().toLowerCase();
  return targets.find((target) => target.name.toLowerCase() === wanted);
}

/** Said where a text is neither a target's name nor an address. */
export const NO_TARGET = "The target is the name of one under Forwarding, an http:// or https:// URL, or a bare port.";

/** Whether a text names one of the targets, or can itself be sent to. Whether that is allowed is another question. */
export function isTarget(text: string, targets: readonly Target[]): boolean {
  return parseTarget(text) !== null || findTarget(targets, text) !== undefined;
}
