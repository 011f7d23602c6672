import { AppError } from "#shared/errors.ts";
import { toMessage } from "../client/to-message.ts";
import type { Loaded } from "./app-state.ts";

/** What is shown after a load that failed: with the engine gone, what was last known; else why there is nothing. */
export function afterFailure<T>(known: Loaded<T>, error: unknown): Loaded<T> {
  return isGone(error) && known.kind === "ready" ? known : { kind: "failed", message: toMessage(error) };
}

/** Because there is no engine to ask, which a banner says once for all. */
export function isGone(error: unknown): boolean {
  return error instanceof AppError && error.code === "host.disconnected";
}
