import type { KnownSecrets } from "#core/verification/known-secrets.ts";

/** Secrets by webhook id, newest first. */
export function known(webhooks: Record<string, readonly string[]>, environment?: string): KnownSecrets {
  return {
    of: (webhookId) => (Object.hasOwn(webhooks, webhookId) ? (webhooks[webhookId] ?? []) : []),
    all: () =>
      Object.entries(webhooks).flatMap(([webhookId, secrets]) => secrets.map((secret) => ({ webhookId, secret }))),
    environment,
  };
}
