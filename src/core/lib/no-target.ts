import { AppError } from "#shared/errors.ts";

/** Why there is nowhere to send to: nothing is set, or what this route says. */
export function noTarget(route?: string, targets: readonly (string | null)[] = []): AppError {
  if (route === undefined) {
    return new AppError(
      "replay.no_target",
      "There is no target to send it to. Set “Forward to” in Settings, or name one with --to.",
    );
  }
  const reason =
    targets.length === 0 ? "says that it goes nowhere" : `names only targets that are gone (${targets.join(", ")})`;
  return new AppError(
    "replay.no_target",
    `The route “${route}” ${reason}. Change the route under Forwarding, or name a target with --to.`,
  );
}
