/** The key that the simulator takes. */
export const SIMULATOR_KEY = "simulator";

const AUTHORIZATION = `Basic ${Buffer.from(`${SIMULATOR_KEY}:`).toString("base64")}`;

/** Calls the simulator's API as its users' own programs do; throws for any answer but success. */
async function callSimulator<T>(url: string, path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url + path, { ...init, headers: { Authorization: AUTHORIZATION, ...init.headers } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Makes a video and uploads its source; answers its id. Encoding it leads to five events, over some seconds. */
export async function uploadVideo(simulatorUrl: string): Promise<string> {
  const { videoId } = await callSimulator<{ videoId: string }>(simulatorUrl, "/videos", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ title: "journey" }),
  });
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(50_000)]), "clip.mp4");
  await callSimulator(simulatorUrl, `/videos/${videoId}/source`, { method: "POST", body: form });
  return videoId;
}

export interface RegisteredWebhook {
  readonly webhookId: string;
  readonly url: string;
  readonly signatureSecret: string;
}

export async function listWebhooks(simulatorUrl: string): Promise<readonly RegisteredWebhook[]> {
  return (await callSimulator<{ data: RegisteredWebhook[] }>(simulatorUrl, "/webhooks")).data;
}
