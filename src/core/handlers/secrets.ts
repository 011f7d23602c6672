import { AppError } from "#shared/errors.ts";
import type { ApiAccess } from "../api-access.ts";
import type { Connection } from "../connection.ts";
import type { Recheck } from "../recheck.ts";
import type { Handlers } from "../router.ts";
import type { KeyEnvironment, Secrets } from "../secrets/secrets.ts";
import type { SettingsArea } from "../settings/settings.ts";

export function secretHandlers(deps: {
  secrets: Secrets;
  settings: Pick<SettingsArea, "profileId" | "view">;
  api: ApiAccess;
  connection: Connection;
  recheck: Recheck;
}): Pick<Handlers, "secrets.status" | "secrets.set" | "secrets.clear"> {
  const { secrets, settings, api, connection, recheck } = deps;

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

  /** A key never outlives its profile, nor comes back after an erasure: api.video may have taken its time to answer. */
  function assertStillWanted(profileId: string, since: number): void {
    const isThere = settings.view().profiles.some(({ id }) => id === profileId);
    if (isThere && since === secrets.erasures) return;
    const what = isThere ? "Everything was erased" : "The profile was deleted";
    throw new AppError(
      "input.invalid",
      `${what} while the key was checked, so it was not kept. Enter it again where you need it.`,
    );
  }

  async function keysChanged(): Promise<void> {
    recheck.forget();
    await connection.followKeys();
  }

  return {
    "secrets.status": () => ({
      storage: secrets.place,
      apiKeys: Object.keys(secrets.apiKeys(settings.profileId)),
      profiles: secrets.keyedProfiles(),
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
      // Of the profile for which it was entered, also where another is in use by the time that api.video has answered.
      const { profileId } = settings;
      const { erasures } = secrets;
      await checkKey(input.environment, value, input.baseUrl);
      assertStillWanted(profileId, erasures);
      await secrets.keepApiKeys(profileId, { ...secrets.apiKeys(profileId), [input.environment]: value });
      await keysChanged();
      return {};
    },
    async "secrets.clear"(input) {
      if (input.kind === "webhook") await secrets.forgetWebhook(input.webhookId);
      else {
        const { [input.environment]: _, ...others } = secrets.apiKeys(settings.profileId);
        await secrets.keepApiKeys(settings.profileId, others);
        await keysChanged();
      }
      return {};
    },
  };
}
