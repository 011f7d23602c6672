import { isDeepStrictEqual } from "node:util";
import { AppError } from "#shared/errors.ts";
import { type AccountWebhook, isAppError, type WebhookApi } from "./account.ts";
import { listOf, withLeftovers, withResult } from "./account-calls.ts";
import { choosePruned, type PruneChoice, type Pruned } from "./choose-pruned.ts";
import { isRegisteredUrl } from "./install-path.ts";
import { createLeftoverNote, type LeftoverNoteDeps, type Leftovers } from "./leftovers.ts";

export interface OwnWebhooksDeps extends LeftoverNoteDeps {
  readonly installId: string;
  /** Durable when it resolves, and in force before. */
  keepSecret(webhookId: string, secret: string): Promise<void>;
  hasSecret(webhookId: string): boolean;
  /** Told of each webhook that this run made, once its secret is kept; not of one that an earlier run left. */
  onCreated?(webhook: AccountWebhook): void;
}

export interface WantedWebhook {
  readonly url: string;
  readonly events: readonly string[];
}

/** They are asked about once their account is used; how many accounts one uses is a handful. */
const MAX_PAST = 50;

/** The current one, the one that takes its place, and one that could not be removed yet. */
const MAX_HELD = 3;

interface HeldWebhook extends AccountWebhook {
  /** The account it is in: it may not be the one in use any more. */
  readonly api: WebhookApi;
}

/** Our webhooks at api.video, those of earlier runs included. Nobody else's are ever touched by themselves. */
export interface OwnWebhooks {
  readonly count: number;
  isCurrent(webhookId: string): boolean;
  /** True where `ensure` would have nothing to do. */
  isInPlace(api: WebhookApi, wanted: WantedWebhook): boolean;
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
  /** Asks the account whether what we know of it is still so; with `ifInDoubt` only where there is a reason to ask. */
  look(api: WebhookApi, signal: AbortSignal, ifInDoubt?: boolean): Promise<void>;
  /**
   * Removes all of them, or all but the current one; tries each, then throws the first AppError there was. One in an
   * account that `active` is not, and whose key is refused, is left to the day on which its account is used again.
   */
  remove(which: "all" | "all but current", active: WebhookApi | null, signal: AbortSignal): Promise<void>;
  /** Knows nothing any more, as before the first start; writes nothing. */
  forget(): void;
  prune(api: WebhookApi, choice: PruneChoice, signal: AbortSignal): Promise<Pruned>;
}

export function createOwnWebhooks(deps: OwnWebhooksDeps): OwnWebhooks {
  const { installId, log } = deps;
  const note = createLeftoverNote(deps);
  let held: readonly HeldWebhook[] = [];
  let current: (HeldWebhook & WantedWebhook) | null = null;
  /** Of earlier runs, or out of reach: in accounts that have not been looked at since. */
  let past: Leftovers = [];
  /** Accounts in which one was to be created, with its URL, and the outcome is not known. */
  const doubtful = new Map<string, string>();
  let isRecalled = false;
  /** Accounts that hold nothing of ours that we do not know. */
  let known = new WeakSet<WebhookApi>();

  async function recall(): Promise<void> {
    if (isRecalled) return;
    isRecalled = true;
    past = (await note.read()).filter(({ url }) => isRegisteredUrl(url, installId));
  }

  async function writeNote(): Promise<void> {
    await note.write([
      ...past.slice(-MAX_PAST),
      ...[...doubtful].map(([account, url]) => ({ account, url, webhookId: null })),
      ...held.map(({ api, url, webhookId }) => ({ account: api.account, url, webhookId })),
    ]);
  }

  /** Learns what the account holds of ours. */
  async function learn(api: WebhookApi, signal: AbortSignal): Promise<void> {
    const listed = await listOf(api, signal);
    const isHeld = (webhookId: string) => held.some((other) => other.api === api && other.webhookId === webhookId);
    const ours =
      listed?.filter(({ url, webhookId }) => isRegisteredUrl(url, installId) || isHeld(webhookId)) ?? rememberedOf(api);
    // With a new key of the same account, its webhooks are the very same ones.
    const isListed = (webhook: HeldWebhook) =>
      ours.some((one) => one.webhookId === webhook.webhookId && (webhook.api === api || one.url === webhook.url));
    held = [
      ...held.filter((webhook) => webhook.api !== api && !isListed(webhook)),
      ...ours.map((webhook) => ({ ...webhook, api })),
    ];
    if (current !== null && isListed(current)) current = { ...current, api };
    else if (current?.api === api) current = null;
    past = past.filter(({ account }) => account !== api.account);
    doubtful.delete(api.account);
    known.add(api);
  }

  /** True where it may hold one that we do not know, or one that we only reach with a key from before. */
  function isInDoubt(api: WebhookApi): boolean {
    const { account } = api;
    const isBehindOldKey = held.some((webhook) => webhook.api !== api && webhook.api.account === account);
    return isBehindOldKey || doubtful.has(account) || past.some((leftover) => leftover.account === account);
  }

  /** Of an account that cannot be asked. Nothing is known of their events, so none of them is taken over. */
  function rememberedOf(api: WebhookApi): readonly AccountWebhook[] {
    const ofPast = past.flatMap(({ account, url, webhookId }) =>
      account === api.account && webhookId !== null ? [{ webhookId, url, events: [], signatureSecret: null }] : [],
    );
    return [...held.filter((webhook) => webhook.api === api), ...ofPast];
  }

  async function removeThese(
    webhooks: readonly HeldWebhook[],
    active: WebhookApi | null,
    signal: AbortSignal,
  ): Promise<unknown> {
    let firstError: unknown;
    for (const webhook of webhooks) {
      const { api, url, webhookId } = webhook;
      try {
        await api.deleteWebhook(webhookId, signal);
      } catch (error) {
        if (!isAppError(error, "api.not_found")) {
          log.warn("registration.not_removed", { code: error instanceof AppError ? error.code : "unknown" });
          if (api === active || !isAppError(error, "api.unauthorized", "api.forbidden")) {
            firstError ??= error;
            continue;
          }
          past = [...past, { account: api.account, url, webhookId }];
        }
      }
      held = held.filter((other) => !isSame(other, webhook));
      if (isSame(current, webhook)) current = null;
    }
    await writeNote();
    return firstError;
  }

  async function create(api: WebhookApi, wanted: WantedWebhook, signal: AbortSignal): Promise<HeldWebhook> {
    doubtful.set(api.account, wanted.url);
    known.delete(api);
    // Before the call: a kill in the midst of it is known of at the next start.
    await writeNote();
    try {
      const webhook = { ...(await createWithRoom(api, wanted, signal)), api };
      held = [...held, webhook];
      settle(api);
      return webhook;
    } catch (error) {
      if (isAppError(error, "api.unavailable", "api.unexpected_response") || !(error instanceof AppError)) throw error;
      settle(api);
      await writeNote();
      throw error.code === "registration.limit" ? await withLeftovers(api, error, installId, signal) : error;
    }
  }

  /** What was to be created is there or is not, and we know which. */
  function settle(api: WebhookApi): void {
    doubtful.delete(api.account);
    known.add(api);
  }

  async function createWithRoom(
    api: WebhookApi,
    { url, events }: WantedWebhook,
    signal: AbortSignal,
  ): Promise<AccountWebhook> {
    try {
      return await api.createWebhook({ url, events }, signal);
    } catch (error) {
      const replaced = held.filter((webhook) => webhook.api === api);
      if (!isAppError(error, "registration.limit") || replaced.length === 0) throw error;
      // Better a moment without any webhook than none for the new URL.
      await removeThese(replaced, api, signal);
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
    async ensure(api, wanted, isOutdated, signal) {
      await recall();
      if (!known.has(api)) await learn(api, signal);
      if (current !== null && isInPlace(api, wanted)) return current.webhookId;
      const adopted = held.find(
        (webhook) =>
          webhook.api === api &&
          fits(webhook, wanted) &&
          (webhook.signatureSecret !== null || deps.hasSecret(webhook.webhookId)),
      );
      const stale = held.filter(
        (webhook) => webhook.api === api && !isSame(webhook, current) && !isSame(webhook, adopted ?? null),
      );
      const error = stale.length > 0 ? await removeThese(stale, api, signal) : undefined;
      // What cannot be removed now stays held and is tried again later, but must not eat up the account's ten.
      if (error !== undefined && held.filter((webhook) => webhook.api === api).length >= MAX_HELD) throw error;
      if (isOutdated()) return null;
      const webhook = adopted ?? (await create(api, wanted, signal));
      try {
        // At once: the first delivery may be under way.
        if (webhook.signatureSecret !== null) await deps.keepSecret(webhook.webhookId, webhook.signatureSecret);
        else if (!deps.hasSecret(webhook.webhookId)) log.warn("registration.secret_unknown");
      } finally {
        await writeNote();
      }
      current = { ...webhook, url: wanted.url, events: wanted.events };
      if (adopted === undefined) deps.onCreated?.(webhook);
      return webhook.webhookId;
    },
    async look(api, signal, ifInDoubt = false) {
      await recall();
      if (ifInDoubt && !isInDoubt(api)) return;
      await learn(api, signal);
      await writeNote();
    },
    async remove(which, active, signal) {
      await recall();
      const removable = which === "all" ? held : held.filter((webhook) => !isSame(webhook, current));
      const error = await removeThese(removable, active, signal);
      if (error !== undefined) throw error;
    },
    forget() {
      held = [];
      current = null;
      past = [];
      doubtful.clear();
      known = new WeakSet();
      // What stands in the note then, nothing where it was erased, is what is known.
      isRecalled = false;
    },
    async prune(api, choice, signal) {
      await recall();
      const listed = await api.listWebhooks(signal);
      const isCurrent = (webhookId: string) => webhookId === current?.webhookId;
      const chosen = choosePruned(listed, choice, { installId, isCurrent });
      const removed: string[] = [];
      let firstError: unknown;
      for (const webhook of chosen) {
        const error = await removeThese([{ ...webhook, api }], api, signal);
        firstError ??= error;
        if (error === undefined) removed.push(webhook.webhookId);
      }
      const kept = listed.map(({ webhookId }) => webhookId).filter((webhookId) => !removed.includes(webhookId));
      if (firstError instanceof AppError) throw withResult(firstError, { removed, kept });
      if (firstError !== undefined) throw firstError;
      return { removed, kept };
    },
  };
}

/** The very same webhook; ids are known to be unique within an account only. */
function isSame(one: HeldWebhook | null, other: HeldWebhook | null): boolean {
  return one !== null && other !== null && one.api === other.api && one.webhookId === other.webhookId;
}

function fits(one: WantedWebhook, other: WantedWebhook): boolean {
  return one.url === other.url && isDeepStrictEqual(new Set(one.events), new Set(other.events));
}
