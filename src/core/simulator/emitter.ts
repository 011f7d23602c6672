import type { EventType } from "#shared/api-video/event-types.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { signBody } from "../lib/sign-body.ts";
import type { Background, Work } from "./background.ts";
import { postEvent } from "./post-event.ts";
import { buildEvent } from "./sample-event.ts";
import type { SimulatedWebhook, WebhooksApi } from "./webhooks-api.ts";

/** "Retries 3 times, 3 s apart" (https://docs.api.video/reference/create-and-manage-webhooks): four requests in all. */
const MAX_RETRIES = 3;

/** Tells all subscribers that something happened; `fields` are what the event says, like `{videoId}`. */
export type Emit = (type: EventType, fields: Readonly<Record<string, string>>) => void;

/** Deliveries go out side by side, and each webhook's retries do not hold up the next event: api.video promises no order. */
export function createEmitter(deps: {
  readonly webhooks: Pick<WebhooksApi, "subscribers" | "has">;
  readonly background: Background;
  readonly clock: Clock;
  readonly log: Log;
  readonly retryDelayMs: number;
  randomId(bytes: number): string;
}): Emit {
  const { webhooks, background, clock, log, retryDelayMs, randomId } = deps;

  async function deliver(webhook: SimulatedWebhook, body: Buffer, { signal, pause }: Work): Promise<void> {
    const { webhookId, url, signatureSecret } = webhook;
    const event = { url, webhookId, body, signature: signBody(body, signatureSecret) };
    for (let retry = 0; retry <= MAX_RETRIES; retry++) {
      if (retry > 0) await pause(retryDelayMs);
      // Its secret is gone with it, so nobody could check what still came.
      if (!webhooks.has(webhookId)) return;
      const outcome = await postEvent(event, signal);
      if (outcome.kind === "answered" && outcome.status < 300) return;
      if (signal.aborted) return;
      const failure = outcome.kind === "answered" ? outcome.status : outcome.reason;
      log.warn("simulator.delivery_failed", { webhookId, failure, retry });
    }
  }

  return (type, fields) => {
    const event = buildEvent({ type, set: fields, dialect: "api-video", now: clock.now(), randomId });
    const body = Buffer.from(JSON.stringify(event));
    for (const webhook of webhooks.subscribers(type)) background.start((work) => deliver(webhook, body, work));
  };
}
