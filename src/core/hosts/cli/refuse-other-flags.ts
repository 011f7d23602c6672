import type { AppSnapshot } from "#shared/contract/snapshot.ts";
import type { AppError } from "#shared/errors.ts";
import { refuseOtherOptions, unheardFlag as unheardFlagOf } from "../refuse-other-options.ts";
import { type AppFlags, readAppOptions } from "./start-app.ts";

const INSTEAD = "start another beside it with --standalone";

/** Throws what refuseOtherOptions throws, and the same for a key on standard input, which is not read here. */
export function refuseOtherFlags(flags: AppFlags, snapshot: AppSnapshot, uiUrl: string): void {
  refuseOtherOptions(readAppOptions(flags, process.env), snapshot, uiUrl, INSTEAD);
  if (flags.apiKeyStdin === true) throw unheardFlag("--api-key-stdin", snapshot.dataDir);
}

/** What to say of a flag that only counts where an engine is started. */
export function unheardFlag(flag: string, dataDir: string): AppError {
  return unheardFlagOf(flag, dataDir, INSTEAD);
}
