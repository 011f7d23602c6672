import type { CommandOutput } from "#shared/contract/types.ts";
import { AppError } from "#shared/errors.ts";
import type { ApiAccess } from "./api-access.ts";
import type { ApiVideoClient } from "./api-video/api-video-client.ts";
import type { Connection } from "./connection.ts";
import { waitAtMost } from "./lib/wait-at-most.ts";
import type { Registration } from "./registration/registration.ts";
import { SAMPLE_CLIP } from "./sample-clip.ts";

/** A registration under way is waited for. */
const MAX_WAIT_MS = 10_000;
const EVENT = "video.encoding.quality.completed";
/** By which its owner knows what it is, should it ever be left over. */
const VIDEO = { title: "Test clip of the Webhook Inspector", public: false, tags: ["webhook-inspector"] };

/** Clips that api.video encodes for a test of the whole way, and that are removed again. */
export interface Clips {
  /**
   * Uploads one. Throws AppError `input.invalid` where the account may be in production and that was not allowed, and where
   * no event would come; and the AppErrors of the api.video client, the video being removed again where that can be.
   */
  upload(options: { allowProduction: boolean }): Promise<CommandOutput<"clip.upload">>;
  /** Throws AppError `api.not_found` for what was not uploaded here since the start. */
  remove(videoId: string): Promise<void>;
}

export function createClips(deps: { api: ApiAccess; registration: Registration; connection: Connection }): Clips {
  const { api, registration, connection } = deps;
  /** What may be deleted here, each with the account it is in. */
  const clips = new Map<string, ApiVideoClient>();

  /** Without a webhook of ours its events would go nowhere. */
  async function requireRegistration(environment: string): Promise<void> {
    await waitAtMost(MAX_WAIT_MS, connection.settled());
    const { phase, events, fault } = registration.state;
    if (phase !== "registered") {
      throw new AppError(
        "input.invalid",
        `No webhook of this inspector is registered with ${environment}, so no event would come: ${fault?.message ?? "there is no public URL. Open a tunnel first; `doctor` says what is missing."}`,
      );
    }
    if (events?.includes(EVENT) === false) {
      throw new AppError(
        "input.invalid",
        `Our webhook is not registered for ${EVENT}, which is what an upload leads to. Add it to the events in Settings.`,
      );
    }
  }

  async function remove(videoId: string): Promise<void> {
    const client = clips.get(videoId);
    if (client === undefined) {
      throw new AppError(
        "api.not_found",
        `${JSON.stringify(videoId)} is no clip that was uploaded here since the start of the app. Delete it in api.video's dashboard.`,
      );
    }
    await client.deleteVideo(videoId);
    clips.delete(videoId);
  }

  /** The failure as it is, once the video is gone again; else with what is left to do. */
  async function notUploaded(videoId: string, failure: unknown): Promise<unknown> {
    try {
      await remove(videoId);
      return failure;
    } catch {
      if (!(failure instanceof AppError)) return failure;
      const { code, message, retryable } = failure;
      const left = `The video ${videoId}, which has no source, could not be removed: delete it in the dashboard.`;
      return new AppError(code, `${message} ${left}`, { retryable, cause: failure });
    }
  }

  return {
    async upload({ allowProduction }) {
      const client = await api.requireClient();
      const { environment, baseUrl } = api.state();
      const isForTests = environment === "sandbox" || api.isLocal();
      if (!isForTests && !allowProduction) {
        throw new AppError(
          "input.invalid",
          `${environment === "custom" ? baseUrl : environment} may hold what is shown to people, and count what it costs. Choose --api sandbox, or say --yes-production.`,
        );
      }
      await requireRegistration(environment);
      const videoId = await client.createVideo(VIDEO);
      clips.set(videoId, client);
      try {
        await client.uploadSource(videoId, { name: "clip.mp4", bytes: SAMPLE_CLIP });
      } catch (error) {
        throw await notUploaded(videoId, error);
      }
      return { videoId, environment, bytes: SAMPLE_CLIP.length };
    },
    remove,
  };
}
