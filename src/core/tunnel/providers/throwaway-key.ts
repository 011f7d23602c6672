import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A private key for one session, for ssh's -i. Services that take anybody may still want to see some key, and then the
 * user's own need not be shown around. SEC1 PEM is a form of key that every OpenSSH reads and Node can write.
 */
export async function createThrowawayKey(): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "inspector-ssh-"));
  const path = join(folder, "key");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await writeFile(path, privateKey.export({ type: "sec1", format: "pem" }), { mode: 0o600 });
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
