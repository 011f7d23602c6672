import type { AccountWebhook, WebhookApi } from "#core/registration/own-webhooks.ts";
import { AppError } from "#shared/errors.ts";

type Call = "create" | "delete" | "list";

/** An account at api.video in memory: ten webhooks, each with a secret of its own, and calls that can be made to fail. */
export interface FakeAccount extends WebhookApi {
  readonly webhooks: readonly AccountWebhook[];
  /** In order: `list`, `create URL`, `delete ID`. */
  readonly calls: readonly string[];
  /** The next call of this kind fails with the error, before it had any effect (or after, with `after`). */
  failNext(call: Call, error: unknown, when?: "before" | "after"): void;
  /** Calls of this kind do not answer until the function given back is called. */
  hold(call: Call): () => void;
  /** Puts a webhook there that nobody made through this object. */
  add(webhook: Partial<AccountWebhook> & { url: string }): AccountWebhook;
}

const LIMIT = 10;

export function fakeAccount(): FakeAccount {
  let webhooks: AccountWebhook[] = [];
  const calls: string[] = [];
  const failures: { call: Call; error: unknown; when: "before" | "after" }[] = [];
  const held = new Map<Call, Promise<void>>();
  let made = 0;

  async function perform<T>(call: Call, words: string, signal: AbortSignal | undefined, effect: () => T): Promise<T> {
    calls.push(words);
    if (held.has(call)) await Promise.race([held.get(call), aborted(signal)]);
    const place = failures.findIndex((failure) => failure.call === call);
    const [failure] = place < 0 ? [] : failures.splice(place, 1);
    if (failure?.when === "before") throw failure.error;
    const result = effect();
    if (failure !== undefined) throw failure.error;
    return result;
  }

  function add(webhook: Partial<AccountWebhook> & { url: string }): AccountWebhook {
    made += 1;
    const added = { webhookId: `webhook_${made}`, events: ["a"], signatureSecret: `sig_sec_${made}`, ...webhook };
    webhooks.push(added);
    return added;
  }

  return {
    get webhooks() {
      return webhooks;
    },
    calls,
    add,
    failNext: (call, error, when = "before") => void failures.push({ call, error, when }),
    hold(call) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(call, promise);
      return resolve;
    },
    createWebhook: (webhook, signal) =>
      perform("create", `create ${webhook.url}`, signal, () => {
        if (webhooks.length >= LIMIT) throw new AppError("registration.limit", "This account already has ten.");
        return add(webhook);
      }),
    deleteWebhook: (webhookId, signal) =>
      perform("delete", `delete ${webhookId}`, signal, () => {
        if (!webhooks.some((webhook) => webhook.webhookId === webhookId)) throw new AppError("api.not_found", "Gone.");
        webhooks = webhooks.filter((webhook) => webhook.webhookId !== webhookId);
      }),
    listWebhooks: (signal) => perform("list", "list", signal, () => [...webhooks]),
  };
}

/** Rejects when the signal aborts; throws where it has. */
function aborted(signal: AbortSignal | undefined): Promise<void> | undefined {
  signal?.throwIfAborted();
  if (signal === undefined) return undefined;
  const { promise, reject } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  return promise;
}
