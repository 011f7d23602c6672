import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import type { Receiver } from "../../helpers/receiver.ts";
import { BASIC, type TestSimulator } from "./start-test-simulator.ts";

export interface Event {
  readonly type: string;
  readonly [field: string]: unknown;
}

export const eventsOf = ({ requests }: Receiver): Event[] => requests.map(({ body }) => JSON.parse(body.toString()));

export async function subscribe(simulator: TestSimulator, receiver: Receiver): Promise<void> {
  await simulator.call("POST", "/webhooks", { url: receiver.url, events: EVENT_TYPES });
}

export async function createVideo(simulator: TestSimulator, options: object = {}): Promise<string> {
  return String((await simulator.call("POST", "/videos", { title: "clip", ...options })).json["videoId"]);
}

export async function upload(simulator: TestSimulator, videoId: string, bytes: number, range?: string) {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(bytes)]), "clip.mp4");
  const response = await fetch(`${simulator.url}/videos/${videoId}/source`, {
    method: "POST",
    headers: { Authorization: BASIC, ...(range && { "Content-Range": range }) },
    body: form,
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}
