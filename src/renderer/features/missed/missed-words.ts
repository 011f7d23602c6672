import { eventFacts } from "#shared/api-video/event-types.ts";
import type { MissedEvent, Reconciliation } from "#shared/domain/missed-event.ts";
import { formatPlural } from "../../theme/format.ts";

/** `Rendition ready, hls 720p`. */
export function missedTitle({ type, detail }: Pick<MissedEvent, "type" | "detail">): string {
  const title = eventFacts(type)?.title ?? type;
  return detail === undefined ? title : `${title}, ${detail}`;
}

export function checkedWords({ checkedVideos, checkedLiveStreams }: Reconciliation): string {
  const compared = [
    ...(checkedVideos > 0 ? [formatPlural(checkedVideos, "video")] : []),
    ...(checkedLiveStreams > 0 ? [formatPlural(checkedLiveStreams, "live stream")] : []),
  ];
  const isOne = checkedVideos + checkedLiveStreams === 1;
  return `${compared.join(" and ")} ${isOne ? "agrees" : "agree"} with the deliveries kept here.`;
}
