import { MAX_REQUESTS } from "#shared/api-video/retries.ts";
import type { DeliveryDetail, Try } from "#shared/domain/delivery.ts";

/** Where it came once and was accepted there is nothing to tell; nor of what was not whole, which has a notice of its own. */
export function isTriesCardNeeded({ tries, answered, incomplete, source }: DeliveryDetail): boolean {
  if (source === "edited" || source === "imported" || incomplete !== undefined) return false;
  return tries !== undefined || (answered !== null && (answered.status >= 300 || answered.by !== undefined));
}

/** What api.video does after the last try. It names neither its time limit nor whether it gives up after three or four. */
export function nextWords(tries: readonly Pick<Try, "answered">[]): string {
  const last = tries.at(-1)?.answered;
  if (last === undefined || last === null) {
    return "The last try got no answer. Whether api.video tries again then is not documented.";
  }
  if (last.status < 300) {
    const after = tries.length === 1 ? "" : ` after ${tries.length} tries`;
    return `api.video takes it as delivered${after} and does not send it again.`;
  }
  if (tries.length >= MAX_REQUESTS) {
    return `${last.status} means failed, and that was the last try: the event is lost to api.video. It is kept here; replay it once your handler is mended.`;
  }
  return `${last.status} means failed: api.video tries again some three seconds later.`;
}
