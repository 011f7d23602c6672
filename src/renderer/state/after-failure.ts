import { AppError } from "#shared/errors.ts";
import { toMessage } from "../client/to-message.ts";
import type { Loaded } from "./app-state.ts";

/** What is shown after a load that failed: with the engine gone, what was last known; else why there is nothing. */
export function afterFailure<T>(known: Loaded<T>, error: unknown): Loaded<T> {
  const isGone = error instanceof AppError && error.code === "host.disconnected";
  return isGone && known.kind === "ready" ? known : { kind: "failed", message: toMessage(error) };
}
