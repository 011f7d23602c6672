import { WEBHOOK_LIMIT } from "#shared/api-video/event-types.ts";
import type { Webhook } from "#shared/domain/webhook.ts";
import { AppError } from "#shared/errors.ts";
import type { ApiAccess } from "../api-access.ts";
import type { ApiWebhook } from "../api-video/api-video-client.ts";
import type { Connection } from "../connection.ts";
import type { EventBus } from "../event-bus.ts";
import type { Registration } from "../registration/registration.ts";
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
}): Pick<Handlers, "webhooks.list" | "webhooks.register" | "webhooks.remove"> {
  const { api, registration, connection, secrets, settings, events } = deps;

  function toWebhook({ webhookId, url, events: subscribed, createdAt }: ApiWebhook): Webhook {
    return {
      webhookId,
      url,
      events: subscribed,
      ...(createdAt && { createdAt }),
      isOurs: registration.isOurs(url),
      isCurrent: registration.isCurrent(webhookId),
      hasSecret: secrets.of(webhookId).length > 0,
    };
  }

  return {
    async "webhooks.list"() {
      const webhooks = await api.requireClient().listWebhooks();
      return { webhooks: webhooks.map(toWebhook), limit: WEBHOOK_LIMIT };
    },
    async "webhooks.register"({ url, events: wanted }) {
      const target = url ?? connection.publicUrl();
      if (target === null) {
        throw new AppError("input.invalid", "There is no public URL to register. Open a tunnel, or enter a URL.", {
          details: { path: "url" },
        });
      }
      const created = await api
        .requireClient()
        .createWebhook({ url: target, events: wanted ?? settings.values.events });
      if (created.signatureSecret !== null) await secrets.keepWebhookSecret(created.webhookId, created.signatureSecret);
      events.publish("webhooks.changed", {});
      return toWebhook(created);
    },
    async "webhooks.remove"({ webhookId }) {
      if (registration.isCurrent(webhookId)) await registration.want(null);
      else await api.requireClient().deleteWebhook(webhookId);
      events.publish("webhooks.changed", {});
      return {};
    },
  };
}
