import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Client } from "#shared/contract/types.ts";
import type { Fault } from "#shared/domain/fault.ts";
import { encodingEvent, sendDelivery } from "./api-video-delivery.ts";

export const HANDLERS = join(import.meta.dirname, "../../docs/walk-through");
export const SECRET = "sig_sec_TestVector0000000000001";
export const TWICE = { kind: "duplicate", times: 2, every: 1 } as const satisfies Fault;
export const REWRITTEN = { kind: "reserialise", every: 1 } as const satisfies Fault;

/** Valid JSON of api.video's own server may escape what JavaScript's does not: é here. Parsed and written again, it is other bytes. */
export const ESCAPED = '{"type":"video.caption.generated","emittedAt":"2026-07-01T09:30:15Z","title":"caf\\u00e9"}';

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  return address.port;
}

/** One of the handlers of the walk-through, as a developer starts it. */
export async function startHandler(file: string, port: number): Promise<AsyncDisposable> {
  const env = { ...process.env, PORT: String(port), APIVIDEO_WEBHOOK_SECRET: SECRET };
  const child = spawn(process.execPath, [join(HANDLERS, file)], { env, stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return {
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, "exit");
    },
  };
}

/** Three renditions, one of them of a size that the handlers do not know, and a caption. */
export async function sendEvents(listenerUrl: string): Promise<void> {
  const bodies = [
    ...["720p", "1080p", "2160p"].map((quality) => encodingEvent({ quality })),
    encodingEvent({ type: "video.caption.generated" }),
  ];
  for (const body of bodies) {
    await sendDelivery(`${listenerUrl}/webhooks`, { webhookId: "webhook_1", secret: SECRET, body });
  }
}

/** The same, at an engine that learns the webhook's secret first. */
export async function captureEvents({ client, listenerUrl }: { client: Client; listenerUrl: string }): Promise<void> {
  await client.call("secrets.set", { kind: "webhook", webhookId: "webhook_1", value: SECRET });
  await sendEvents(listenerUrl);
}
