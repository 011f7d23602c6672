import { EVENT_FACTS } from "#shared/api-video/event-types.ts";
import { AttemptVerdict } from "#shared/domain/attempt.ts";

/** What `is:` can ask for. */
export const FLAGS = ["pinned", "noted", "incomplete", "repeat", "simulated", "edited", "imported"] as const;
export type Flag = (typeof FLAGS)[number];

/** How the last attempt ended: statuses from `low` to `high`, one of the verdicts, or that there was none. */
export type StatusTest =
  | { readonly kind: "range"; readonly low: number; readonly high: number }
  | { readonly kind: "verdict"; readonly verdict: AttemptVerdict }
  | { readonly kind: "none" };

export const STATUS_FORMS = "a status (500), a class (5xx), accepted, refused, unreachable, or none";

/** Null for what is no status. */
export function parseStatus(text: string): StatusTest | null {
  const word = text.toLowerCase();
  if (word === "none") return { kind: "none" };
  const verdict = AttemptVerdict.safeParse(word);
  if (verdict.success) return { kind: "verdict", verdict: verdict.data };
  if (/^[1-9]xx$/.test(word)) return { kind: "range", low: Number(word[0]) * 100, high: Number(word[0]) * 100 + 99 };
  return /^[1-9]\d\d$/.test(word) ? { kind: "range", low: Number(word), high: Number(word) } : null;
}

/** Event types whose title has a word that begins like this (`rendition`, `captions`), or that are titled so. */
export function typesTitled(text: string): string[] {
  const wanted = text.toLowerCase();
  return Object.entries(EVENT_FACTS)
    .filter(([, { title }]) => ` ${title.toLowerCase()}`.includes(` ${wanted}`))
    .map(([type]) => type);
}

/** What `type:` takes for deliveries whose body names none. */
export const NO_TYPE = "none";

/** Ids are `d` and a number. */
export function isDeliveryId(text: string): boolean {
  return /^d[1-9]\d{0,14}$/.test(text);
}
