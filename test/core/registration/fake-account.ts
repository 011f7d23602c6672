import type { AccountWebhook, WebhookApi } from "#core/registration/account.ts";
import { AppError } from "#shared/errors.ts";

export type Call = "create" | "delete" | "list";

/** An account at api.video in memory: ten webhooks, each with a secret of its own, and calls that can be made to fail. */
export interface FakeAccount extends WebhookApi {
  readonly webhooks: readonly AccountWebhook[];
  /** In order: `list`, `create URL`, `delete ID`. */
  readonly calls: readonly string[];
  /** The next call of this kind fails with the error, before it had any effect (or after, with `after`). */
  failNext(call: Call, error: unknown, when?: "before" | "after"): void;
  /** No call fails any more that was made to fail. */
  heal(): void;
  /** Calls of this kind do not answer until the function given back is called. */
  hold(call: Call): () => void;
  /** Puts a webhook there that nobody made through this object. */
  add(webhook: Partial<AccountWebhook> & { url: string }): AccountWebhook;
  /** Takes one away as if it was deleted in the dashboard. */
  drop(webhookId: string): void;
  /** The same account with a new key; every key before it is refused from now on. */
  rotateKey(): WebhookApi;
}

const LIMIT = 10;

/** `isSlow`: a call takes a moment before it has its effect, and another before it answers. */
export function fakeAccount(name = "sandbox", { isSlow = false } = {}): FakeAccount {
  let webhooks: AccountWebhook[] = [];
  const calls: string[] = [];
  let failures: { call: Call; error: unknown; when: "before" | "after" }[] = [];
  const held = new Map<Call, Promise<void>>();
  let made = 0;
  let validKey = 0;

  async function perform<T>(call: Call, words: string, signal: AbortSignal | undefined, effect: () => T): Promise<T> {
    calls.push(words);
    if (held.has(call)) await Promise.race([held.get(call), aborted(signal)]);
    if (isSlow) await new Promise(setImmediate);
    const place = failures.findIndex((failure) => failure.call === call);
    const [failure] = place < 0 ? [] : failures.splice(place, 1);
    if (failure?.when === "before") throw failure.error;
    const result = effect();
    if (isSlow) await new Promise(setImmediate);
    if (failure !== undefined) throw failure.error;
    return result;
  }

  function add(webhook: Partial<AccountWebhook> & { url: string }): AccountWebhook {
    made += 1;
    const id = `webhook_${name === "sandbox" ? "" : `${name}_`}${made}`;
    const added = { webhookId: id, events: ["a"], signatureSecret: `sig_sec_${made}`, ...webhook };
    webhooks.push(added);
    return added;
  }

  function drop(webhookId: string): void {
    webhooks = webhooks.filter((webhook) => webhook.webhookId !== webhookId);
  }

  function apiWithKey(key: number): WebhookApi {
    const checked = <T>(effect: () => T) => {
      if (key !== validKey) throw new AppError("api.unauthorized", "The key is wrong.");
      return effect();
    };
    return {
      account: name,
      createWebhook: (webhook, signal) =>
        perform("create", `create ${webhook.url}`, signal, () =>
          checked(() => {
            if (webhooks.length >= LIMIT) throw new AppError("registration.limit", "This account already has ten.");
            return add(webhook);
          }),
        ),
      deleteWebhook: (webhookId, signal) =>
        perform("delete", `delete ${webhookId}`, signal, () =>
          checked(() => {
            if (!webhooks.some((other) => other.webhookId === webhookId)) throw new AppError("api.not_found", "Gone.");
            drop(webhookId);
          }),
        ),
      listWebhooks: (signal) => perform("list", "list", signal, () => checked(() => [...webhooks])),
    };
  }

  return {
    ...apiWithKey(0),
    get webhooks() {
      return webhooks;
    },
    calls,
    add,
    drop,
    failNext: (call, error, when = "before") => void failures.push({ call, error, when }),
    heal() {
      failures = [];
    },
    hold(call) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(call, promise);
      return resolve;
    },
    rotateKey() {
      validKey += 1;
      return apiWithKey(validKey);
    },
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
