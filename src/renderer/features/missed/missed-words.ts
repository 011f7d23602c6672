import { eventFacts } from "#shared/api-video/event-types.ts";
import type { MissedEvent, Reconciliation } from "#shared/domain/missed-event.ts";
import { formatPlural } from "../../theme/format.ts";

/** `Rendition ready, hls 720p`. */
export function missedTitle({ type, detail }: Pick<MissedEvent, "type" | "detail">): string {
  const title = eventFacts(type)?.title ?? type;
  return detail === undefined ? title : `${title}, ${detail}`;
}

export function checkedWords({ checkedVideos, checkedLiveStreams }: Reconciliation): string {
  const videos = formatPlural(checkedVideos, "video");
  return `${videos} and ${formatPlural(checkedLiveStreams, "live stream")} agree with the deliveries kept here.`;
}
