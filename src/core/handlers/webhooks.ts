import { WEBHOOK_LIMIT } from "#shared/api-video/event-types.ts";
import type { Webhook } from "#shared/domain/webhook.ts";
import { AppError, ErrorCode } from "#shared/errors.ts";
import type { ApiAccess } from "../api-access.ts";
import type { ApiWebhook } from "../api-video/api-video-client.ts";
import type { Connection } from "../connection.ts";
import type { EventBus } from "../event-bus.ts";
import { fireAndForget, type Log } from "../lib/log.ts";
import { isAppUrl, type Registration } from "../registration/registration.ts";
import type { Handlers } from "../router.ts";
import type { Secrets } from "../secrets/secrets.ts";
import type { SettingsArea } from "../settings/settings.ts";

export function webhookHandlers(deps: {
  api: ApiAccess;
  registration: Registration;
  connection: Connection;
  secrets: Secrets;
  settings: SettingsArea;
  events: EventBus;
  log: Log;
}): Pick<Handlers, "webhooks.list" | "webhooks.register" | "webhooks.remove" | "webhooks.prune"> {
  const { api, registration, connection, secrets, settings, events, log } = deps;

  function toWebhook({ webhookId, url, events: subscribed, createdAt }: ApiWebhook): Webhook {
    const isOurs = registration.isOurs(url);
    return {
      webhookId,
      url,
      events: subscribed,
      ...(createdAt && { createdAt }),
      isOurs,
      isOfThisApp: isOurs || isAppUrl(url),
      isCurrent: registration.isCurrent(webhookId),
      hasSecret: secrets.of(webhookId).length > 0,
    };
  }

  async function listAll(): Promise<Webhook[]> {
    const webhooks = (await (await api.requireClient()).listWebhooks()).map(toWebhook);
    // Somebody deleted it elsewhere: what is listed here is the first to know.
    const isLost = registration.state.phase === "registered" && !webhooks.some(({ isCurrent }) => isCurrent);
    if (isLost) fireAndForget(registration.look(), log, "registration.broke");
    return webhooks;
  }

  /** As the registration: made for our public URL without its mark, it would be nobody's to clean up. */
  async function registerOurs(wanted: readonly string[]): Promise<Webhook> {
    const publicUrl = connection.publicUrl();
    if (publicUrl === null) {
      throw new AppError("input.invalid", "There is no public URL to register. Open a tunnel, or enter a URL.", {
        details: { path: "url" },
      });
    }
    // Without a key there is nothing to register with; this says so.
    await api.requireClient();
    const { webhookId } = await registration.retry({ publicUrl, events: wanted });
    const ours = (await listAll()).find((webhook) => webhook.webhookId === webhookId);
    if (ours === undefined) throw notDone();
    return ours;
  }

  async function removeCurrent(webhookId: string): Promise<void> {
    await registration.want(null);
    if (registration.isCurrent(webhookId)) throw notDone();
  }

  /** What the registration could not do is in its state; here somebody waits for an answer. */
  function notDone(): AppError {
    const { fault } = registration.state;
    return new AppError(
      ErrorCode.catch("api.unavailable").parse(fault?.code),
      fault?.message ?? "api.video asks to slow down. It is done by itself in a minute.",
    );
  }

  return {
    async "webhooks.list"() {
      return { webhooks: await listAll(), limit: WEBHOOK_LIMIT };
    },
    async "webhooks.register"({ url, events: wanted = settings.values.events }) {
      if (url === undefined) return registerOurs(wanted);
      const { erasures } = secrets;
      const created = await (await api.requireClient()).createWebhook({ url, events: wanted });
      const { webhookId, signatureSecret } = created;
      if (signatureSecret !== null) await secrets.keepWebhookSecret(webhookId, signatureSecret, erasures);
      events.publish("webhooks.changed", {});
      return toWebhook(created);
    },
    async "webhooks.remove"({ webhookId }) {
      if (registration.isCurrent(webhookId)) await removeCurrent(webhookId);
      else await (await api.requireClient()).deleteWebhook(webhookId);
      if (registration.state.fault?.code === "registration.limit") await connection.retryRegistration();
      events.publish("webhooks.changed", {});
      return {};
    },
    async "webhooks.prune"(choice) {
      await api.requireClient();
      try {
        return await registration.prune(choice);
      } finally {
        events.publish("webhooks.changed", {});
      }
    },
  };
}
