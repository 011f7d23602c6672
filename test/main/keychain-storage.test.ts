import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileSecretStorage } from "#core/hosts/file-secret-storage.ts";
import { type Keychain, openKeychainStorage } from "../../src/main/keychain-storage.ts";

const SECRETS = '{"apiKeys":{"sandbox":"canary-7f3a"}}';
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "keychain-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** A keychain that turns each byte round, so that a test can see plain text. */
function fakeKeychain(changes: Partial<Keychain> = {}): Keychain {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
  return {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => turn(Buffer.from(text)),
    decryptStringAsync: async (bytes) => ({ result: turn(bytes).toString(), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => "gnome_libsecret",
    ...changes,
  };
}

function open(keychain: Keychain = fakeKeychain(), platform: NodeJS.Platform = "linux") {
  return openKeychainStorage({ keychain, platform, dataDir });
}

const onDisk = () => readFile(join(dataDir, "secrets"), "utf8");

describe("secrets with a keychain", () => {
  it("come back as they were saved, and lie on disk sealed and for the user alone", async () => {
    const storage = await open();

    await storage.save(SECRETS);

    expect(await (await open()).load()).toBe(SECRETS);
    expect(await onDisk()).toMatch(/^sealed:[A-Za-z0-9+/=]+$/);
    expect(Buffer.from((await onDisk()).slice("sealed:".length), "base64").toString("latin1")).not.toContain("canary");
    expect((await stat(join(dataDir, "secrets"))).mode & 0o777).toBe(0o600);
    expect(storage.place).toContain("keychain");
  });

  it("are none on the first start", async () => {
    expect(await (await open()).load()).toBeNull();
  });

  it("that another host saved in plain text are read, and sealed at once", async () => {
    await createFileSecretStorage(dataDir).save(SECRETS);

    expect(await (await open()).load()).toBe(SECRETS);

    expect(await onDisk()).toMatch(/^sealed:/);
    expect(await (await open()).load()).toBe(SECRETS);
  });

  it("are sealed again when the keychain has a newer key", async () => {
    await (await open()).save(SECRETS);
    const before = await onDisk();
    const rotated = fakeKeychain({
      encryptStringAsync: async (text) => Buffer.from(`new:${text}`),
      decryptStringAsync: async () => ({ result: SECRETS, shouldReEncrypt: true }),
    });

    expect(await (await open(rotated)).load()).toBe(SECRETS);

    expect(await onDisk()).not.toBe(before);
  });

  it("that the keychain does not open are an error that says what to do, and stay on disk", async () => {
    await (await open()).save(SECRETS);
    const before = await onDisk();
    const locked = fakeKeychain({ decryptStringAsync: () => Promise.reject(new Error("keychain is locked")) });

    await expect((await open(locked)).load()).rejects.toMatchObject({ code: "secrets.unavailable" });

    expect(await onDisk()).toBe(before);
  });

  it("that the keychain does not seal are not written in plain text", async () => {
    const locked = fakeKeychain({ encryptStringAsync: () => Promise.reject(new Error("keychain is locked")) });

    await expect((await open(locked)).save(SECRETS)).rejects.toMatchObject({ code: "secrets.unavailable" });

    await expect(onDisk()).rejects.toThrow("ENOENT");
  });

  it("need no known keyring on Windows and macOS, where there is always one", async () => {
    const keychain = fakeKeychain({ getSelectedStorageBackend: () => "unknown" });

    await (await open(keychain, "win32")).save(SECRETS);

    expect(await onDisk()).toMatch(/^sealed:/);
  });
});

describe("secrets on a desktop without a keychain", () => {
  it.each([
    ["the fixed key of basic_text", fakeKeychain({ getSelectedStorageBackend: () => "basic_text" })],
    ["an unknown keyring", fakeKeychain({ getSelectedStorageBackend: () => "unknown" })],
    ["no encryption", fakeKeychain({ isAsyncEncryptionAvailable: async () => false })],
  ])("stay in the file of the other hosts, and say so (%s)", async (_why, keychain) => {
    const storage = await open(keychain);

    await storage.save(SECRETS);

    expect(await onDisk()).toBe(SECRETS);
    expect((await stat(join(dataDir, "secrets"))).mode & 0o777).toBe(0o600);
    expect(storage.place).toContain(join(dataDir, "secrets"));
    expect(storage.place).toContain("no keychain");
    expect(await createFileSecretStorage(dataDir).load()).toBe(SECRETS);
  });

  it("that were sealed before are not taken for none", async () => {
    await writeFile(join(dataDir, "secrets"), "sealed:AAAA");

    const storage = await open(fakeKeychain({ getSelectedStorageBackend: () => "basic_text" }));

    await expect(storage.load()).rejects.toMatchObject({ code: "secrets.unavailable" });
  });
});
