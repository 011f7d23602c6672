import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFileSecretStorage } from "#core/hosts/file-secret-storage.ts";
import { openSecrets } from "#core/secrets/secrets.ts";
import { canary } from "../../helpers/canary.ts";
import { silentLog } from "../../helpers/silent-log.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const open = (dataDir: string, log = silentLog()) =>
  openSecrets({ storage: createFileSecretStorage(dataDir), environmentSecret: undefined, log });

describe("secrets", () => {
  it("are in force at once and there again after a restart, the newest of a webhook first", async () => {
    using dir = tempDir();
    const secrets = await open(dir.path);
    await secrets.keepWebhookSecret("webhook_a", "old");
    await secrets.keepWebhookSecret("webhook_b", "b");
    await secrets.keepWebhookSecret("webhook_a", "new");
    await secrets.keepApiKeys("default", { sandbox: "key" });

    const again = await open(dir.path);

    expect(again.of("webhook_a")).toEqual(["new", "old"]);
    expect(again.all().map(({ secret }) => secret)).toEqual(["new", "old", "b"]);
    expect(again.apiKeys("default")).toEqual({ sandbox: "key" });
    expect(again.apiKeys("another")).toEqual({});
    expect(again.of("webhook_c")).toEqual([]);
  });

  it("rest in a file that only its owner can read", async () => {
    using dir = tempDir();
    const secrets = await open(dir.path);

    await secrets.keepWebhookSecret("webhook_a", "s");

    expect(statSync(join(dir.path, "secrets")).mode & 0o777).toBe(0o600);
  });

  it("that are saved at the same time are all kept", async () => {
    using dir = tempDir();
    const secrets = await open(dir.path);

    await Promise.all(Array.from({ length: 30 }, (_, n) => secrets.keepWebhookSecret(`webhook_${n}`, `s${n}`)));

    expect((await open(dir.path)).webhookIds()).toHaveLength(30);
  });

  it("that could not be saved are saved when they are to be kept again", async () => {
    let saved: string | null = null;
    let isFull = true;
    const storage = {
      place: "memory",
      load: async () => saved,
      async save(text: string) {
        if (isFull) throw new Error("no space left");
        saved = text;
      },
      erase: async () => {},
    };
    const secrets = await openSecrets({ storage, environmentSecret: undefined, log: silentLog() });
    await expect(secrets.keepWebhookSecret("webhook_a", "s")).rejects.toThrow("no space left");

    isFull = false;
    await secrets.keepWebhookSecret("webhook_a", "s");

    const again = await openSecrets({ storage, environmentSecret: undefined, log: silentLog() });
    expect(again.of("webhook_a")).toEqual(["s"]);
  });

  it.each([
    ["damaged", (secret: string) => `{"version":1,"apiKeys":{"sandbox":"${secret}"`],
    ["encrypted by the desktop app", (secret: string) => `sealed:${secret}`],
  ])("that are %s are left as they are, and their text reaches no log", async (_, textWith) => {
    using dir = tempDir();
    const log = silentLog();
    const secret = canary();
    const text = textWith(secret);
    writeFileSync(join(dir.path, "secrets"), text);

    const secrets = await open(dir.path, log);
    await secrets.keepWebhookSecret("webhook_a", "s");

    expect(secrets.unavailable).toMatchObject({ code: "secrets.unavailable" });
    expect(secrets.of("webhook_a")).toEqual(["s"]);
    expect(readFileSync(join(dir.path, "secrets"), "utf8")).toBe(text);
    expect(`${log.lines.join()}${secrets.unavailable?.message}`).not.toContain(secret);
  });

  it("keep the keys of each profile apart, over a restart too", async () => {
    using dir = tempDir();
    const secrets = await open(dir.path);
    await secrets.keepApiKeys("default", { sandbox: "one" });
    await secrets.keepApiKeys("p2", { sandbox: "two", custom: "three" });

    const again = await open(dir.path);

    expect(again.apiKeys("default")).toEqual({ sandbox: "one" });
    expect(again.apiKeys("p2")).toEqual({ sandbox: "two", custom: "three" });
    expect(again.keyedProfiles()).toContainEqual({ id: "p2", apiKeys: ["sandbox", "custom"] });
  });

  it("are erased with their file, also where it cannot be read, and can be kept anew then", async () => {
    using dir = tempDir();
    const file = join(dir.path, "secrets");
    writeFileSync(file, "sealed:of another host");
    const secrets = await open(dir.path);
    await secrets.keepWebhookSecret("webhook_a", "s");

    await secrets.eraseAll();

    expect(existsSync(file)).toBe(false);
    expect(secrets).toMatchObject({ unavailable: undefined });
    expect(secrets.all()).toEqual([]);
    await secrets.keepApiKeys("default", { sandbox: "new" });
    expect((await open(dir.path)).apiKeys("default")).toEqual({ sandbox: "new" });
  });

  it("begin anew where erasing them was cut short after their bytes were overwritten", async () => {
    using dir = tempDir();
    writeFileSync(join(dir.path, "secrets"), Buffer.alloc(200));

    expect(await open(dir.path)).toMatchObject({ unavailable: undefined });
  });

  it("can be forgotten for good", async () => {
    using dir = tempDir();
    const secrets = await open(dir.path);
    const secret = canary();
    await secrets.keepWebhookSecret("webhook_a", secret);
    await secrets.keepApiKeys("default", { production: secret });

    await secrets.forgetWebhook("webhook_a");
    await secrets.keepApiKeys("default", {});

    expect(secrets.all()).toEqual([]);
    expect(readFileSync(join(dir.path, "secrets"), "utf8")).not.toContain(secret);
  });
});
