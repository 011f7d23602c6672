import { AppError } from "#shared/errors.ts";
import type { AccountWebhook } from "./account.ts";
import { isAppUrl, isRegisteredUrl } from "./install-path.ts";

export interface PruneChoice {
  /** Exactly these; left out: those that are left over. */
  readonly webhookIds?: readonly string[] | undefined;
  /** Those of other installations of this app as well. Whether one of them is in use cannot be told from here. */
  readonly othersToo?: boolean | undefined;
}

export interface Pruned {
  readonly removed: string[];
  /** All that are still there, whoever made them. */
  readonly kept: string[];
}

export interface PruneScope {
  readonly installId: string;
  isCurrent(webhookId: string): boolean;
}

/**
 * What is to be removed of an account's webhooks: never the current one, and never one that this app did not make.
 * Throws AppError `input.invalid` for ids named that are not to be removed; then nothing is.
 */
export function choosePruned(
  webhooks: readonly AccountWebhook[],
  { webhookIds, othersToo = false }: PruneChoice,
  { installId, isCurrent }: PruneScope,
): readonly AccountWebhook[] {
  const isOurs = ({ url }: AccountWebhook) => isRegisteredUrl(url, installId);
  const isOfThisApp = (webhook: AccountWebhook) => isOurs(webhook) || isAppUrl(webhook.url);
  if (webhookIds === undefined) {
    const isWanted = othersToo ? isOfThisApp : isOurs;
    return webhooks.filter((webhook) => isWanted(webhook) && !isCurrent(webhook.webhookId));
  }
  return [...new Set(webhookIds)].map((webhookId) => {
    const webhook = webhooks.find((other) => other.webhookId === webhookId);
    if (webhook === undefined) throw refused(`${webhookId} is not among the webhooks of this account.`);
    if (!isOfThisApp(webhook)) {
      throw refused(`${webhookId} was not made by this app, so it is not pruned. Delete it in the Webhooks area.`);
    }
    if (isCurrent(webhookId)) {
      throw refused(`${webhookId} is the webhook in use now. It goes when the tunnel is closed or the app ends.`);
    }
    return webhook;
  });
}

function refused(message: string): AppError {
  return new AppError("input.invalid", message, { details: { path: "webhookIds" } });
}
