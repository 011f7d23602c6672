import { AppError } from "#shared/errors.ts";
import type { ApiAccess } from "../api-access.ts";
import type { Connection } from "../connection.ts";
import type { Recheck } from "../recheck.ts";
import type { Handlers } from "../router.ts";
import type { KeyEnvironment, Secrets } from "../secrets/secrets.ts";

export function secretHandlers(deps: {
  secrets: Secrets;
  api: ApiAccess;
  connection: Connection;
  recheck: Recheck;
}): Pick<Handlers, "secrets.status" | "secrets.set" | "secrets.clear"> {
  const { secrets, api, connection, recheck } = deps;

  /** A wrong key is found out here, where it was typed, and not kept. */
  async function checkKey(environment: KeyEnvironment, key: string, baseUrl: string | undefined): Promise<void> {
    try {
      await api.clientFor(environment, key, baseUrl).checkKey();
    } catch (error) {
      // A stand-in written from a tutorial knows how to create webhooks, but not how to list them.
      const isUnlisted = environment === "custom" && error instanceof AppError && error.code === "api.not_found";
      if (!isUnlisted) throw error;
    }
  }

  async function keysChanged(): Promise<void> {
    recheck.forget();
    await connection.followKeys();
  }

  return {
    "secrets.status": () => ({
      storage: secrets.place,
      apiKeys: secrets.apiKeyEnvironments(),
      webhookIds: secrets.webhookIds(),
      hasEnvironmentSecret: secrets.environment !== undefined,
    }),
    async "secrets.set"(input) {
      const value = input.value.trim();
      if (input.kind === "webhook") {
        await secrets.keepWebhookSecret(input.webhookId, value);
        await recheck.run(input.webhookId);
        return {};
      }
      await checkKey(input.environment, value, input.baseUrl);
      await secrets.keepApiKey(input.environment, value);
      await keysChanged();
      return {};
    },
    async "secrets.clear"(input) {
      if (input.kind === "webhook") await secrets.forgetWebhook(input.webhookId);
      else {
        await secrets.forgetApiKey(input.environment);
        await keysChanged();
      }
      return {};
    },
  };
}
