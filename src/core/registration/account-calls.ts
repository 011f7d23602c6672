import { AppError } from "#shared/errors.ts";
import { type AccountWebhook, isAppError, type WebhookApi } from "./account.ts";
import type { Pruned } from "./choose-pruned.ts";
import { isAppUrl, isRegisteredUrl } from "./install-path.ts";

/** null where the server does not know how to list: stand-ins written after a tutorial only create. */
export async function listOf(api: WebhookApi, signal: AbortSignal): Promise<readonly AccountWebhook[] | null> {
  try {
    return await api.listWebhooks(signal);
  } catch (error) {
    if (isAppError(error, "api.not_found")) return null;
    throw error;
  }
}

/** The limit with the way out of it, where the account holds webhooks of other installations of this app. */
export async function withLeftovers(
  api: WebhookApi,
  error: AppError,
  installId: string,
  signal: AbortSignal,
): Promise<AppError> {
  const listed = await api.listWebhooks(signal).catch(() => []);
  const count = listed.filter(({ url }) => isAppUrl(url) && !isRegisteredUrl(url, installId)).length;
  if (count === 0) return error;
  const whose = count === 1 ? "one of them was" : `${count} of them were`;
  return new AppError(
    error.code,
    `This account already has its ten webhooks; ${whose} made by other installations of this app. Remove what is not needed any more in the Webhooks area, and the webhook is registered at once.`,
    { details: { ...error.details, ofOtherInstallations: count }, cause: error },
  );
}

/** Some were removed before the failure: whoever asked learns which. */
export function withResult({ code, message, retryable, details, cause }: AppError, result: Pruned): AppError {
  return new AppError(code, message, { retryable, details: { ...details, ...result }, cause });
}
