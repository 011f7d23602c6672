import type { Clock } from "./lib/clock.ts";
import type { Log } from "./lib/log.ts";
import type { NgrokModule } from "./tunnel/providers/ngrok-client.ts";

/** Where secrets rest between runs: one text, in the OS keychain or in a 0600 file. */
export interface SecretStorage {
  /** In words for the user: "the keychain of this computer", "the file … (only you can read it)". */
  readonly place: string;
  /** The text as saved, or null where there is none yet. Throws AppError `secrets.unavailable`. */
  load(): Promise<string | null>;
  /** Throws AppError `secrets.unavailable`. */
  save(text: string): Promise<void>;
  /** Leaves nothing of it, also where it could not be read. Throws AppError `secrets.unavailable`. */
  erase(): Promise<void>;
}

/** What a host must provide. Everything that touches time, randomness, the network or the disk comes in here. */
export interface EngineDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** A random text of `bytes` bytes in lower-case base 36, unguessable. */
  randomId(bytes: number): string;
  readonly secrets: SecretStorage;
  /** Where programs are found, and the tokens of tunnels: PATH, TUNNEL_TOKEN, NGROK_AUTHTOKEN. */
  readonly env: NodeJS.ProcessEnv;
  /** Imports the package @ngrok/ngrok; rejects where the user has not installed it. */
  loadNgrok(): Promise<NgrokModule>;
  /** The operating system in a few words: `linux x64 6.8.0`. */
  readonly platform: string;
  readonly versions: { readonly app: string; readonly node: string; readonly electron?: string };
}
