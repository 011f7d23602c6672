import type { SubjectKind, SubjectRef } from "#shared/domain/subject.ts";
import { AppError } from "#shared/errors.ts";
import { exchange } from "../lib/http-call.ts";

export interface PlayDeps {
  /** The simulator's base URL. */
  readonly url: string;
  readonly apiKey: string;
}

/** It runs in this very process. */
const TIMEOUT_MS = 10_000;

/** The simulator fetches nothing: naming a source is enough to have it encoded. */
const VIDEO = {
  title: "A simulated video",
  source: "https://example.com/clip.mp4",
  language: "en",
  transcript: true,
  transcriptSummary: true,
};

/**
 * Uses the simulator as its users' programs do, so that a whole life of events follows: every rendition of a video with
 * captions and summary, or a broadcast with its recording. Throws AppError `simulator.failed`.
 */
export async function playScenario(deps: PlayDeps, scenario: SubjectKind): Promise<SubjectRef> {
  switch (scenario) {
    case "video":
      return { kind: "video", id: await create(deps, "/videos", VIDEO, "videoId") };
    case "live-stream": {
      const id = await create(deps, "/live-streams", { name: "A simulated live stream" }, "liveStreamId");
      // Stopped before it is live, it ends as soon as it has begun.
      await post(deps, `/simulator/live-streams/${id}/start`);
      await post(deps, `/simulator/live-streams/${id}/stop`);
      return { kind: "live-stream", id };
    }
  }
}

async function create(deps: PlayDeps, path: string, json: unknown, idName: string): Promise<string> {
  const answer = await post(deps, path, json);
  const id = answer[idName];
  if (typeof id !== "string") throw new Error(`The simulator's answer has no ${idName}.`);
  return id;
}

async function post(deps: PlayDeps, path: string, json?: unknown): Promise<Record<string, unknown>> {
  const headers = { Authorization: `Basic ${Buffer.from(`${deps.apiKey}:`).toString("base64")}` };
  const call = { method: "POST", url: deps.url + path, headers, json } as const;
  const { status, text } = await exchange(call, TIMEOUT_MS, undefined);
  if (status < 200 || status > 299) {
    throw new AppError(
      "simulator.failed",
      status === 429
        ? "The simulator asks to slow down, as api.video would. Try again in a minute."
        : `The simulator answered ${status}. Try again.`,
      { retryable: true, details: { status } },
    );
  }
  // Every call of ours that succeeds is answered with an object; the id in it is checked where it is needed.
  return JSON.parse(text) as Record<string, unknown>;
}
