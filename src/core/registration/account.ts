import { AppError } from "#shared/errors.ts";

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
  /** Which account it is, as far as that can be told from outside: the environment, or the base URL of another one. */
  readonly account: string;
  createWebhook(
    webhook: { readonly url: string; readonly events: readonly string[] },
    signal?: AbortSignal,
  ): Promise<AccountWebhook>;
  deleteWebhook(webhookId: string, signal?: AbortSignal): Promise<void>;
  listWebhooks(signal?: AbortSignal): Promise<readonly AccountWebhook[]>;
}

export function isAppError(error: unknown, ...codes: AppError["code"][]): boolean {
  return error instanceof AppError && codes.includes(error.code);
}
