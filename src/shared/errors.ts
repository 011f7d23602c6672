import * as z from "zod";

/** Every way in which the engine can say "I could not do that". Closed, so that hosts map each one to words and exit codes. */
export const ErrorCode = z.enum([
  "input.invalid",
  "command.unknown",
  "listener.port_in_use",
  "listener.permission",
  "ui.port_in_use",
  "store.locked",
  "store.corrupt",
  "store.newer",
  "store.full",
  "store.busy",
  "store.unwritable",
  "delivery.not_found",
  "run.not_found",
  "replay.target_refused",
  "replay.no_target",
  "replay.no_secret",
  "tunnel.start_failed",
  "tunnel.timeout",
  "api.key_missing",
  "api.unauthorized",
  "api.forbidden",
  "api.not_found",
  "api.rejected",
  "api.rate_limited",
  "api.unavailable",
  "api.unexpected_response",
  "registration.limit",
  "simulator.failed",
  "simulator.port_in_use",
  "secrets.unavailable",
  "host.unsupported",
  "host.disconnected",
  "internal",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const ErrorBody = z.object({
  code: ErrorCode,
  message: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.json()),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

type ErrorDetails = ErrorBody["details"];

/**
 * We could not do what was asked. The message is for the user and says what to do next; `cause` is for the log only.
 * What the world answered (a bad signature, a 500 of the target) is never an AppError but a value.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    options: { retryable?: boolean; details?: ErrorDetails; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message, retryable: this.retryable, details: this.details };
  }

  static fromBody(body: ErrorBody): AppError {
    return new AppError(body.code, body.message, { retryable: body.retryable, details: body.details });
  }
}
