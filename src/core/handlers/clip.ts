import type { ApiAccess } from "../api-access.ts";
import { createClips } from "../clips.ts";
import type { Connection } from "../connection.ts";
import type { Registration } from "../registration/registration.ts";
import type { Handlers } from "../router.ts";

export function clipHandlers(deps: {
  api: ApiAccess;
  registration: Registration;
  connection: Connection;
}): Pick<Handlers, "clip.upload" | "clip.remove"> {
  const clips = createClips(deps);
  return {
    "clip.upload": clips.upload,
    async "clip.remove"({ videoId }) {
      await clips.remove(videoId);
      return {};
    },
  };
}
