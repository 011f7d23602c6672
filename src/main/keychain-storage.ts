import type { SafeStorage } from "electron";
import type { SecretStorage } from "#core/deps.ts";
import {
  createFileSecretStorage,
  eraseSecretsFile,
  readSecretsFile,
  SEALED_PREFIX,
  writeSecretsFile,
} from "#core/hosts/file-secret-storage.ts";
import { AppError } from "#shared/errors.ts";

/** The asynchronous members: the synchronous ones are deprecated in Electron 45 (electron.d.ts, SafeStorage). */
export type Keychain = Pick<
  SafeStorage,
  "isAsyncEncryptionAvailable" | "encryptStringAsync" | "decryptStringAsync" | "getSelectedStorageBackend"
>;

export interface KeychainStorageDeps {
  readonly keychain: Keychain;
  readonly platform: NodeJS.Platform;
  readonly dataDir: string;
}

/**
 * Secrets in the data folder, sealed with a key of the operating system's keychain: the prefix that says so, then the
 * encrypted bytes as base64. A plain file that another host wrote is read, and sealed at once. Where there is no
 * keychain, the file stays plain, and `place` says so. Call when the app is ready: before that, Electron knows none.
 */
export async function openKeychainStorage({
  keychain,
  platform,
  dataDir,
}: KeychainStorageDeps): Promise<SecretStorage> {
  if (!(await hasKeychain(keychain, platform))) {
    const file = createFileSecretStorage(dataDir);
    return { ...file, place: `${file.place}; this desktop has no keychain` };
  }

  async function save(text: string): Promise<void> {
    const sealed = await keychain.encryptStringAsync(text).catch((cause: unknown) => {
      throw unavailable("The keychain of this computer does not seal the secrets. Unlock it, then try again.", cause);
    });
    await writeSecretsFile(dataDir, SEALED_PREFIX + sealed.toString("base64"));
  }

  return {
    place: "the data folder, sealed by the keychain of this computer",
    async load() {
      const text = await readSecretsFile(dataDir);
      if (text === null) return null;
      if (!text.startsWith(SEALED_PREFIX)) {
        await save(text);
        return text;
      }
      const sealed = Buffer.from(text.slice(SEALED_PREFIX.length), "base64");
      const { result, shouldReEncrypt } = await keychain.decryptStringAsync(sealed).catch((cause: unknown) => {
        throw unavailable(
          "The keychain of this computer does not open the saved secrets. Unlock it and start the app again, or enter them anew.",
          cause,
        );
      });
      // The keychain has a newer key than the one that sealed this text.
      if (shouldReEncrypt) await save(result);
      return result;
    },
    save,
    erase: () => eraseSecretsFile(dataDir),
  };
}

/** On Linux without a keyring Electron seals with a key that stands in its source: plain text (docs, api/safe-storage). */
async function hasKeychain(keychain: Keychain, platform: NodeJS.Platform): Promise<boolean> {
  if (platform === "linux" && ["basic_text", "unknown"].includes(keychain.getSelectedStorageBackend())) return false;
  return await keychain.isAsyncEncryptionAvailable();
}

function unavailable(message: string, cause: unknown): AppError {
  return new AppError("secrets.unavailable", message, { retryable: true, cause });
}
