import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { AppError } from "#shared/errors.ts";
import type { Log } from "../lib/log.ts";
import { isRegisteredUrl } from "./install-path.ts";

export interface AccountWebhook {
  readonly webhookId: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly signatureSecret: string | null;
}

/**
 * One account at api.video, as far as it is needed here: the same object as long as environment and key stay the same.
 * Each call throws AppError.
 */
export interface WebhookApi {
  createWebhook(
    webhook: { readonly url: string; readonly events: readonly string[] },
    signal?: AbortSignal,
  ): Promise<AccountWebhook>;
  deleteWebhook(webhookId: string, signal?: AbortSignal): Promise<void>;
  listWebhooks(signal?: AbortSignal): Promise<readonly AccountWebhook[]>;
}

const Leftovers = z.array(z.object({ webhookId: z.string().min(1).max(200), url: z.string().max(4_000) })).max(100);
/** Webhooks of ours that exist at api.video, noted for the case that we get no chance to remove them. */
export type Leftovers = Readonly<z.infer<typeof Leftovers>>;

export interface OwnWebhooksDeps {
  readonly installId: string;
  readonly log: Log;
  /** Durable when it resolves, and in force before. */
  keepSecret(webhookId: string, secret: string): Promise<void>;
  hasSecret(webhookId: string): boolean;
  /** Keeps the note for the next run in place of the one before; durable when it resolves. */
  remember(leftovers: Leftovers): Promise<void>;
  /** The last note as it was kept, of whatever form; null where there is none. */
  recall(): Promise<unknown>;
}

export interface WantedWebhook {
  readonly url: string;
  readonly events: readonly string[];
}

interface HeldWebhook {
  readonly webhookId: string;
  readonly url: string;
  /** The account it is in: it may not be the one in use any more. */
  readonly api: WebhookApi;
}

/** Our webhooks at api.video, those of earlier runs included. Nobody else's are ever touched. */
export interface OwnWebhooks {
  readonly count: number;
  isCurrent(webhookId: string): boolean;
  /** True where `ensure` would have nothing to do. */
  isInPlace(api: WebhookApi, wanted: WantedWebhook): boolean;
  /** Takes over what the last run has noted, the first time it is called. */
  recall(api: WebhookApi): Promise<void>;
  /**
   * Makes the webhook wanted the current one, and gives its id: the one there is, one that an earlier run left, or a new
   * one; its secret is kept by then. null where `isOutdated` said so before anything was created. Throws AppError.
   */
  ensure(
    api: WebhookApi,
    wanted: WantedWebhook,
    isOutdated: () => boolean,
    signal: AbortSignal,
  ): Promise<string | null>;
  /** Removes all of them, or all but the current one; tries each, then throws the first AppError there was. */
  remove(which: "all" | "all but current", signal: AbortSignal): Promise<void>;
}

export function createOwnWebhooks(deps: OwnWebhooksDeps): OwnWebhooks {
  const { installId, log } = deps;
  let held: readonly HeldWebhook[] = [];
  let current: (HeldWebhook & WantedWebhook) | null = null;
  let noted: Leftovers = [];
  let isRecalled = false;
  /** Accounts that hold nothing of ours that we do not know. */
  const swept = new WeakSet<WebhookApi>();

  async function note(): Promise<void> {
    const leftovers = held.map(({ webhookId, url }) => ({ webhookId, url }));
    if (isDeepStrictEqual(leftovers, noted)) return;
    try {
      await deps.remember(leftovers);
      noted = leftovers;
    } catch (error) {
      // Without the note the webhook is still found at the account, by its URL.
      log.error("registration.not_noted", error);
    }
  }

  async function removeThese(webhooks: readonly HeldWebhook[], signal: AbortSignal): Promise<unknown> {
    let firstError: unknown;
    for (const webhook of webhooks) {
      try {
        await webhook.api.deleteWebhook(webhook.webhookId, signal);
      } catch (error) {
        if (!isAppError(error, "api.not_found")) {
          log.warn("registration.not_removed", { code: error instanceof AppError ? error.code : "unknown" });
          firstError ??= error;
          continue;
        }
      }
      held = held.filter((other) => !isSame(other, webhook));
      if (isSame(current, webhook)) current = null;
    }
    await note();
    return firstError;
  }

  /** Learns what the account holds of ours, removes what is of no use, and gives the one that can be taken over. */
  async function sweep(api: WebhookApi, wanted: WantedWebhook, signal: AbortSignal): Promise<AccountWebhook | null> {
    const listed = await api.listWebhooks(signal);
    const ours = listed.filter(({ url }) => isRegisteredUrl(url, installId));
    held = [...held.filter((other) => other.api !== api), ...ours.map((webhook) => toHeld(api, webhook))];
    const adopted = ours.find(
      (webhook) => fits(webhook, wanted) && (webhook.signatureSecret !== null || deps.hasSecret(webhook.webhookId)),
    );
    if (current?.api === api && !ours.some(({ webhookId }) => webhookId === current?.webhookId)) current = null;
    const stale = held.filter(
      (webhook) => webhook.api === api && webhook.webhookId !== adopted?.webhookId && !isSame(webhook, current),
    );
    // What cannot be removed now stays held, and is tried again later.
    if (stale.length > 0) await removeThese(stale, signal);
    return adopted ?? null;
  }

  async function create(api: WebhookApi, wanted: WantedWebhook, signal: AbortSignal): Promise<AccountWebhook> {
    const { url, events } = wanted;
    try {
      return await api.createWebhook({ url, events }, signal);
    } catch (error) {
      const replaced = held.filter((webhook) => webhook.api === api);
      if (!isAppError(error, "registration.limit") || replaced.length === 0) throw error;
      // Better a moment without any webhook than none for the new URL.
      await removeThese(replaced, signal);
      return await api.createWebhook({ url, events }, signal);
    }
  }

  function isInPlace(api: WebhookApi, wanted: WantedWebhook): boolean {
    return current !== null && current.api === api && fits(current, wanted);
  }

  return {
    get count() {
      return held.length;
    },
    isCurrent: (webhookId) => current?.webhookId === webhookId,
    isInPlace,
    async recall(api) {
      if (isRecalled) return;
      isRecalled = true;
      noted = await readNote(deps);
      held = noted.filter(({ url }) => isRegisteredUrl(url, installId)).map((leftover) => toHeld(api, leftover));
    },
    async ensure(api, wanted, isOutdated, signal) {
      if (current !== null && isInPlace(api, wanted)) return current.webhookId;
      const adopted = swept.has(api) ? null : await sweep(api, wanted, signal);
      if (isOutdated()) return null;
      // Until it is all done: a call that failed may have had its effect all the same.
      swept.delete(api);
      const webhook = adopted ?? (await create(api, wanted, signal));
      if (adopted === null) held = [...held, toHeld(api, webhook)];
      try {
        // At once: the first delivery may be under way.
        if (webhook.signatureSecret !== null) await deps.keepSecret(webhook.webhookId, webhook.signatureSecret);
        else if (!deps.hasSecret(webhook.webhookId)) log.warn("registration.secret_unknown");
      } finally {
        await note();
      }
      swept.add(api);
      current = { ...toHeld(api, webhook), url: wanted.url, events: wanted.events };
      return webhook.webhookId;
    },
    async remove(which, signal) {
      const removable = which === "all" ? held : held.filter((webhook) => !isSame(webhook, current));
      const error = await removeThese(removable, signal);
      if (error !== undefined) throw error;
    },
  };
}

/** Without a note that can be read, what was left is still found at the account, by its URL. */
async function readNote({ recall, log }: OwnWebhooksDeps): Promise<Leftovers> {
  try {
    return Leftovers.safeParse(await recall()).data ?? [];
  } catch (error) {
    log.error("registration.note_unread", error);
    return [];
  }
}

function toHeld(api: WebhookApi, { webhookId, url }: { webhookId: string; url: string }): HeldWebhook {
  return { webhookId, url, api };
}

/** The very same webhook; ids are known to be unique within an account only. */
function isSame(one: HeldWebhook | null, other: HeldWebhook | null): boolean {
  return one !== null && other !== null && one.api === other.api && one.webhookId === other.webhookId;
}

function fits(one: WantedWebhook, other: WantedWebhook): boolean {
  return one.url === other.url && isDeepStrictEqual(new Set(one.events), new Set(other.events));
}

function isAppError(error: unknown, code: AppError["code"]): boolean {
  return error instanceof AppError && error.code === code;
}
