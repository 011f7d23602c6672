import { fieldFacts } from "#shared/api-video/event-fields.ts";
import { EVENT_FACTS } from "#shared/api-video/event-types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { DeliverySource } from "#shared/domain/delivery.ts";
import type { QueryKey } from "#shared/search/query.ts";
import { formatRowTime } from "../../theme/format.ts";
import { titleOf } from "../common/delivery-words.ts";
import { CAUSE_MEANINGS, FLAG_MEANINGS, MOMENT_MEANINGS, STATE_MEANINGS, STATUS_MEANINGS } from "./suggestion-words.ts";

/** A value that a key can have, and what it means. */
export interface ValueOffer {
  readonly value: string;
  readonly meaning: string;
}

/** As many deliveries of the list are looked through for what occurs in them. */
const RECENT = 500;

/** What can be offered for a key: what is known of it, and what occurs among the deliveries, newest first. */
export function valuesOf(key: QueryKey, deliveries: readonly DeliverySummary[]): ValueOffer[] {
  const recent = deliveries.slice(0, RECENT);
  switch (key) {
    case "type":
      return typesOf(recent);
    case "sig":
      return offers(STATE_MEANINGS);
    case "cause":
      return offers(CAUSE_MEANINGS);
    case "status":
      return [...offers(STATUS_MEANINGS), ...distinct(recent, statusOf, () => "Seen in the list")];
    case "video":
      return distinct(recent, ({ subject }) => subject.videoId, aboutOf);
    case "live":
      return distinct(recent, ({ subject }) => subject.liveStreamId, aboutOf);
    case "path":
      return distinct(recent, ({ path }) => path.replace(/[?#].*$/s, ""), aboutOf);
    case "webhook":
      return distinct(recent, ({ webhookId }) => webhookId, aboutOf);
    case "id":
      return distinct(recent, ({ id }) => id, aboutOf);
    case "after":
    case "before":
      return offers(MOMENT_MEANINGS);
    case "is":
      return offers(FLAG_MEANINGS);
    case "source":
      return DeliverySource.options.map((value) => ({ value, meaning: SOURCE_MEANINGS[value] }));
    case "note":
      return [];
  }
}

/** What can be offered for a field of a body: what the documentation names, and ids that occur among the deliveries. */
export function fieldValuesOf(path: string, deliveries: readonly DeliverySummary[]): ValueOffer[] {
  if (path === "type") return valuesOf("type", deliveries);
  if (path === "videoId") return valuesOf("video", deliveries);
  if (path === "liveStreamId") return valuesOf("live", deliveries);
  const facts = fieldFacts(path);
  return (facts?.values ?? []).map((value) => ({ value, meaning: firstSentence(facts?.meaning ?? "") }));
}

/** As much as a line has room for. */
export function firstSentence(text: string): string {
  return text.replace(/\.( .*)?$/s, "");
}

const SOURCE_MEANINGS: Readonly<Record<DeliverySource, string>> = {
  received: "Sent to the listener",
  ...FLAG_MEANINGS,
};

/** api.video's own, then what else has come; those that nobody sends only where they came all the same. */
function typesOf(recent: readonly DeliverySummary[]): ValueOffer[] {
  const known = Object.entries(EVENT_FACTS)
    .filter(([type, { title }]) => type !== title)
    .map(([value, { title }]) => ({ value, meaning: title }));
  const seen = distinct(
    recent,
    ({ type }) => type ?? undefined,
    () => "Seen in the list",
  );
  return [...known, ...seen.filter(({ value }) => !known.some((offer) => offer.value === value))];
}

function statusOf({ lastAttempt }: DeliverySummary): string | undefined {
  return lastAttempt?.status == null ? undefined : String(lastAttempt.status);
}

function aboutOf(delivery: DeliverySummary): string {
  return `${titleOf(delivery)}, ${formatRowTime(delivery.receivedAt, new Date())}`;
}

function offers(meanings: Readonly<Record<string, string>>): ValueOffer[] {
  return Object.entries(meanings).map(([value, meaning]) => ({ value, meaning }));
}

function distinct(
  deliveries: readonly DeliverySummary[],
  pick: (delivery: DeliverySummary) => string | undefined,
  meaningOf: (delivery: DeliverySummary) => string,
): ValueOffer[] {
  const found = new Map<string, string>();
  for (const delivery of deliveries) {
    const value = pick(delivery);
    if (value !== undefined && !found.has(value)) found.set(value, meaningOf(delivery));
  }
  return [...found].map(([value, meaning]) => ({ value, meaning }));
}
