import { isDeepStrictEqual } from "node:util";
import type { AppSnapshot } from "#shared/contract/snapshot.ts";
import type { LaunchOptionId } from "#shared/domain/launch-option.ts";
import { SETTING_FLAGS, type Settings } from "#shared/domain/settings.ts";
import { portOf } from "#shared/domain/url-address.ts";
import { AppError } from "#shared/errors.ts";
import type { HostOptions } from "./host-options.ts";

/** How to have an engine of one's own all the same, as part of a sentence. */
export type Instead = "start another beside it with --standalone" | "choose another folder with --data-dir";

/**
 * Flags say how an engine is started, and here one runs already: what is so there anyway may be said again. Throws
 * AppError `input.invalid` for the first flag that would have to change it, or could not be checked; variables are for
 * the next start and are passed over.
 */
export function refuseOtherOptions(
  { flags, launch = [] }: HostOptions,
  { settings, listener, dataDir }: AppSnapshot,
  uiUrl: string,
  instead: Instead,
): void {
  // Only names of settings are in it.
  const names = Object.keys(flags) as (keyof Settings)[];
  const changed = names.find((name) => !isDeepStrictEqual(flags[name], settings.values[name]));
  const given = (id: LaunchOptionId) => launch.find((option) => option.id === id && option.source === "flag")?.value;
  const isOtherPort = (id: LaunchOptionId, url: string) => {
    const port = given(id);
    return port !== undefined && Number(port) !== 0 && Number(port) !== portOf(new URL(url));
  };
  const unheard: readonly (readonly [string, boolean])[] = [
    ["--listener-port", isOtherPort("listenerPort", listener.url)],
    ["--ui-port", isOtherPort("uiPort", uiUrl)],
    [(changed && SETTING_FLAGS[changed]?.flag) ?? "", changed !== undefined],
    ["--headers", given("forwardHeaders") !== undefined],
    ["--skip-verify", given("skipVerify") !== undefined],
  ];
  const flag = unheard.find(([, is]) => is)?.[0];
  if (flag !== undefined) throw unheardFlag(flag, dataDir, instead);
}

/** What to say of a flag that only counts where an engine is started. */
export function unheardFlag(flag: string, dataDir: string, instead: Instead): AppError {
  return new AppError(
    "input.invalid",
    `An inspector runs on ${dataDir} already, and ${flag} counts at its start only. Leave the flag out, stop that inspector first, or ${instead}.`,
  );
}
