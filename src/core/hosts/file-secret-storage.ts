import { chmod, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#shared/errors.ts";
import type { SecretStorage } from "../deps.ts";

export const SECRETS_FILE = "secrets";

/** Texts that start so were encrypted by the desktop app; only it can read them. */
export const SEALED_PREFIX = "sealed:";

/** A file that only its owner can read, for hosts without an OS keychain. */
export function createFileSecretStorage(dataDir: string): SecretStorage {
  const file = join(dataDir, SECRETS_FILE);
  const place = `the file ${file}, which only you can read`;
  return {
    place,
    async load() {
      const text = await readSecretsFile(dataDir);
      if (text?.startsWith(SEALED_PREFIX)) {
        throw new AppError(
          "secrets.unavailable",
          "The secrets of this data folder were saved by the desktop app, in the keychain of this computer. " +
            "Use APIVIDEO_API_KEY and APIVIDEO_WEBHOOK_SECRET, or another --data-dir; new secrets last for this run only.",
        );
      }
      return text;
    },
    save: (text) => writeSecretsFile(dataDir, text),
    erase: () => eraseSecretsFile(dataDir),
  };
}

/** The file's text; null where there is none. Throws AppError `secrets.unavailable`. */
export async function readSecretsFile(dataDir: string): Promise<string | null> {
  const file = join(dataDir, SECRETS_FILE);
  try {
    const text = await readFile(file, "utf8");
    // Overwritten, and the app was killed before the file itself went.
    return text.startsWith("\0") ? null : text;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw new AppError("secrets.unavailable", `${file} cannot be read. Give yourself access to it, or move it away.`, {
      cause,
    });
  }
}

/** Replaces the file as a whole: a crash leaves the old text or the new one. Throws AppError `secrets.unavailable`. */
export async function writeSecretsFile(dataDir: string, text: string): Promise<void> {
  const file = join(dataDir, SECRETS_FILE);
  const next = `${file}.new`;
  try {
    await writeFile(next, text, { mode: 0o600 });
    await chmod(next, 0o600);
    await rename(next, file);
  } catch (cause) {
    await rm(next, { force: true });
    throw new AppError("secrets.unavailable", `${file} cannot be written, so the secret lasts for this run only.`, {
      cause,
    });
  }
}

/**
 * Writes zeros over the file before it goes, which is as much as a program can do: what a disk keeps of its own accord is
 * out of reach. Throws AppError `secrets.unavailable`.
 */
export async function eraseSecretsFile(dataDir: string): Promise<void> {
  const file = join(dataDir, SECRETS_FILE);
  try {
    for (const path of [file, `${file}.new`]) await overwrite(path);
  } catch (cause) {
    throw new AppError("secrets.unavailable", `${file} cannot be erased. Give yourself access to it, or delete it.`, {
      cause,
    });
  }
}

async function overwrite(path: string): Promise<void> {
  try {
    await using handle = await open(path, "r+");
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(size));
    await handle.sync();
  } catch (error) {
    // There is none; or it can be deleted and not written to, which is enough.
    if (!(error instanceof Error && "code" in error && ["ENOENT", "EACCES", "EPERM"].includes(String(error.code)))) {
      throw error;
    }
  }
  await rm(path, { force: true });
}
