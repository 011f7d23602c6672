import type { LeftWebhook } from "#shared/domain/erasure.ts";
import type { Profile } from "#shared/domain/profile.ts";
import { DEFAULT_SETTINGS } from "#shared/domain/settings.ts";
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

/** So many at a time: enough that a few that hang keep nobody waiting. */
const ASKED_AT_ONCE = 10;

/**
 * Removes webhooks of ours at all accounts that there is a key of, in use or not: what an earlier run left is not always
 * noted. A noted one is only taken as gone where it was seen to go, because two keys of one environment may be two
 * accounts. Each account has `ms` to answer, whatever the others do.
 */
export async function removeElsewhere(
  left: readonly LeftWebhook[],
  deps: RemoveElsewhereDeps,
  ms: number,
): Promise<Elsewhere> {
  let remaining = [...left];
  const { clients, unaskable } = clientsFor(deps);
  const unasked = new Set(unaskable);

  async function removeAt(client: ApiVideoClient): Promise<void> {
    const signal = AbortSignal.timeout(ms);
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

  const waiting = clients.values();
  async function work(): Promise<void> {
    // The workers share one iterator, so that each account is asked once.
    for (const client of waiting) await removeAt(client);
  }
  await Promise.all(Array.from({ length: Math.min(ASKED_AT_ONCE, clients.length) }, work));
  return { left: remaining, unasked: [...unasked] };
}

function clientsFor({ api, profiles, keysOf }: RemoveElsewhereDeps) {
  const clients: ApiVideoClient[] = [];
  const unaskable: string[] = [];
  for (const { id, name, settings } of profiles) {
    const choice = parseApiChoice(settings.api ?? "");
    const baseUrl = choice?.environment === "custom" ? choice.baseUrl : undefined;
    // The keys of a ring are environments.
    for (const [environment, key] of Object.entries(keysOf(id)) as [KeyEnvironment, string][]) {
      if (environment === "custom" && baseUrl === undefined) {
        unaskable.push(`the API of the custom key in profile ${JSON.stringify(name)}`);
      } else clients.push(api.clientFor(environment, key, baseUrl, settings.apiAuth ?? DEFAULT_SETTINGS.apiAuth));
    }
  }
  return { clients, unaskable };
}
