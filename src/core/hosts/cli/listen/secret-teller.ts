import type { Told } from "./told.ts";

/** Tells the secret of a webhook right after its registration was told of, once. */
export interface SecretTeller {
  /** To be called with each secret of a webhook that this run made. */
  keep(webhookId: string, secret: string): void;
  /** To be called with all that was told. */
  follow(told: Told): void;
}

export function createSecretTeller(tell: (told: Told) => void): SecretTeller {
  const secrets = new Map<string, string>();
  let last: string | undefined;
  return {
    keep: (webhookId, secret) => void secrets.set(webhookId, secret),
    follow(told) {
      if (told.kind !== "registration" || told.registration.phase !== "registered") return;
      const { webhookId } = told.registration;
      if (webhookId === undefined || webhookId === last) return;
      last = webhookId;
      tell({ kind: "secret", webhookId, secret: secrets.get(webhookId) ?? null });
    },
  };
}
