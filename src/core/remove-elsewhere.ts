import type { LeftWebhook } from "#shared/domain/erasure.ts";
import type { Profile } from "#shared/domain/profile.ts";
import { parseApiChoice } from "#shared/domain/webhook.ts";
import type { ApiAccess } from "./api-access.ts";
import type { ApiVideoClient } from "./api-video/api-video-client.ts";
import type { Log } from "./lib/log.ts";
import type { KeyEnvironment, KeyRing } from "./secrets/secrets.ts";

export interface RemoveElsewhereDeps {
  readonly api: Pick<ApiAccess, "clientFor">;
  readonly profiles: readonly Profile[];
  keysOf(profile: string): KeyRing;
  /** True for a webhook of this installation, by its URL. */
  isOurs(url: string): boolean;
  readonly log: Log;
}

export interface Elsewhere {
  readonly left: LeftWebhook[];
  /** Accounts that could not be asked whether they have one. */
  readonly unasked: string[];
}

/**
 * Removes webhooks of ours at all accounts that there is a key of, in use or not: what an earlier run left is not always
 * noted. A noted one is only taken as gone where it was seen to go, because two keys of one environment may be two accounts.
 */
export async function removeElsewhere(
  left: readonly LeftWebhook[],
  deps: RemoveElsewhereDeps,
  signal: AbortSignal,
): Promise<Elsewhere> {
  let remaining = [...left];
  const unasked = new Set<string>();
  for (const client of clientsFor(deps)) {
    try {
      for (const { webhookId, url } of await client.listWebhooks(signal)) {
        if (!deps.isOurs(url)) continue;
        await client.deleteWebhook(webhookId, signal);
        const isGone = (one: LeftWebhook) =>
          one.account === client.account &&
          (one.webhookId === webhookId || (one.webhookId === null && one.url === url));
        remaining = remaining.filter((one) => !isGone(one));
      }
    } catch (error) {
      unasked.add(client.account);
      deps.log.warn("erase.account_unreachable", { cause: String(error) });
    }
  }
  return { left: remaining, unasked: [...unasked] };
}

function clientsFor({ api, profiles, keysOf }: RemoveElsewhereDeps): ApiVideoClient[] {
  return profiles.flatMap(({ id, settings }) => {
    const choice = parseApiChoice(settings.api ?? "");
    const baseUrl = choice?.environment === "custom" ? choice.baseUrl : undefined;
    // The keys of a ring are environments.
    return (Object.entries(keysOf(id)) as [KeyEnvironment, string][]).flatMap(([environment, key]) =>
      environment === "custom" && baseUrl === undefined ? [] : [api.clientFor(environment, key, baseUrl)],
    );
  });
}
