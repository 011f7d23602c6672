import type { SubjectLookup, SubjectRef } from "#shared/domain/subject.ts";

/** What is asked of api.video. Each call throws AppError. */
export interface LookUpApi {
  getVideo(videoId: string): Promise<{
    readonly title: string;
    readonly liveStreamId: string | null;
    readonly playerUrl: string | null;
  }>;
  getVideoStatus(videoId: string): Promise<{
    readonly ingest: string | null;
    readonly isPlayable: boolean;
    readonly qualities: readonly { readonly type: string; readonly quality: string; readonly status: string }[];
  }>;
  getLiveStream(liveStreamId: string): Promise<{
    readonly name: string;
    readonly isBroadcasting: boolean | null;
    readonly playerUrl: string | null;
  }>;
}

/** The pages of the dashboard that list them; what a single one's page is called stands nowhere in the reference. */
const DASHBOARD = {
  video: "https://dashboard.api.video/videos",
  "live-stream": "https://dashboard.api.video/live-streams",
} as const;

/** Asks api.video for what it says of one subject now. `isOfficial`: the account is one that the dashboard shows. */
export async function lookUp(
  api: LookUpApi,
  subject: SubjectRef,
  { isOfficial, now }: { readonly isOfficial: boolean; readonly now: number },
): Promise<SubjectLookup> {
  const common = {
    subject,
    dashboardUrl: isOfficial ? DASHBOARD[subject.kind] : null,
    askedAt: new Date(now).toISOString(),
  };
  if (subject.kind === "live-stream") {
    const { name, isBroadcasting, playerUrl } = await api.getLiveStream(subject.id);
    return {
      ...common,
      title: name,
      ingest: null,
      isPlayable: null,
      isBroadcasting,
      qualities: [],
      liveStreamId: null,
      playerUrl: httpsOnly(playerUrl),
    };
  }
  const [video, status] = await Promise.all([api.getVideo(subject.id), api.getVideoStatus(subject.id)]);
  return {
    ...common,
    title: video.title,
    ingest: status.ingest,
    isPlayable: status.isPlayable,
    isBroadcasting: null,
    qualities: [...status.qualities],
    liveStreamId: video.liveStreamId,
    playerUrl: httpsOnly(video.playerUrl),
  };
}

/** A link is followed by a click: what a server names that is no web page is no link. */
function httpsOnly(text: string | null): string | null {
  return text !== null && URL.parse(text)?.protocol === "https:" ? text : null;
}
