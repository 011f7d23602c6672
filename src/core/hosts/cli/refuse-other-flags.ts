import { isDeepStrictEqual } from "node:util";
import type { AppSnapshot } from "#shared/contract/snapshot.ts";
import { SETTING_FLAGS, type Settings } from "#shared/domain/settings.ts";
import { portOf } from "#shared/domain/url-address.ts";
import { AppError } from "#shared/errors.ts";
import { type AppFlags, readAppOptions } from "./start-app.ts";

/**
 * Flags say how an engine is started, and here one runs already: what is so there anyway may be said again. Throws
 * AppError `input.invalid` for the first flag that would have to change it, or could not be checked; variables are for
 * the next start and are passed over.
 */
export function refuseOtherFlags(flags: AppFlags, { settings, listener, dataDir }: AppSnapshot, uiUrl: string): void {
  const options = readAppOptions(flags, process.env);
  // Only names of settings are in it.
  const names = Object.keys(options.flags) as (keyof Settings)[];
  const changed = names.find((name) => !isDeepStrictEqual(options.flags[name], settings.values[name]));
  const isOtherPort = (port: string | undefined, url: string) =>
    port !== undefined && Number(port) !== 0 && Number(port) !== portOf(new URL(url));
  const unheard: readonly (readonly [string, boolean])[] = [
    ["--listener-port", isOtherPort(flags.listenerPort, listener.url)],
    ["--ui-port", isOtherPort(flags.uiPort, uiUrl)],
    [(changed && SETTING_FLAGS[changed]?.flag) ?? "", changed !== undefined],
    ["--headers", flags.headers !== undefined],
    ["--skip-verify", flags.skipVerify === true],
    ["--api-key-stdin", flags.apiKeyStdin === true],
  ];
  const flag = unheard.find(([, is]) => is)?.[0];
  if (flag !== undefined) throw unheardFlag(flag, dataDir);
}

/** What to say of a flag that only counts where an engine is started. */
export function unheardFlag(flag: string, dataDir: string): AppError {
  return new AppError(
    "input.invalid",
    `An inspector runs on ${dataDir} already, and ${flag} counts at its start only. Leave the flag out, stop that inspector first, or start another beside it with --standalone.`,
  );
}
