import { findTarget } from "#shared/domain/named-target.ts";
import type { Settings } from "#shared/domain/settings.ts";
import { parseTarget } from "#shared/domain/target.ts";
import { AppError } from "#shared/errors.ts";

/**
 * What `replay.send` takes for a target that a person has configured, from its name or its URL. An agent chooses among
 * these: it may have read in a payload where to send things. Throws AppError `replay.target_refused`.
 */
export function configuredTarget(wanted: string, settings: Pick<Settings, "forwardTo" | "targets">): string {
  const { forwardTo, targets } = settings;
  const href = hrefOf(wanted);
  const named = findTarget(targets, wanted) ?? targets.find(({ url }) => href !== null && hrefOf(url) === href);
  if (named !== undefined) return named.name;
  if (forwardTo !== null && href !== null && hrefOf(forwardTo) === href) return forwardTo;
  const known = targets.map(({ name }) => JSON.stringify(name)).join(", ");
  throw new AppError(
    "replay.target_refused",
    `${JSON.stringify(wanted)} is no configured target, and agents send nowhere else. ${
      known === "" ? "Leave the target out" : `Use ${known}, or leave the target out`
    }; a person can add targets in the app, under Forwarding.`,
  );
}

function hrefOf(text: string): string | null {
  return parseTarget(text)?.href ?? null;
}
