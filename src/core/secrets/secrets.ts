import * as z from "zod";
import { DEFAULT_PROFILE_ID } from "#shared/domain/profile.ts";
import { AppError } from "#shared/errors.ts";
import type { Log } from "../lib/log.ts";

export interface SecretsDeps {
  /** See SecretStorage in deps.ts. */
  readonly storage: {
    readonly place: string;
    load(): Promise<string | null>;
    save(text: string): Promise<void>;
    erase(): Promise<void>;
  };
  /** From APIVIDEO_WEBHOOK_SECRET: counts for every webhook that is not known. Never saved. */
  readonly environmentSecret: string | undefined;
  readonly log: Log;
}

export type KeyEnvironment = "sandbox" | "production" | "custom";

/** The API keys of one profile. */
export type KeyRing = Readonly<Partial<Record<KeyEnvironment, string>>>;

/** API keys, of each profile its own, and the secrets of webhooks. Reading is synchronous: every delivery is checked with them. */
export interface Secrets {
  /** Where they rest, in words for the user. */
  readonly place: string;
  /** Set when what was saved cannot be read: secrets then last for this run only, and nothing is overwritten. */
  readonly unavailable: AppError | undefined;
  readonly environment: string | undefined;
  /** Newest first; past ones stay, so that old captures verify again. Empty for an unknown webhook. */
  of(webhookId: string): readonly string[];
  /** Every secret of every webhook, the last ones kept first. */
  all(): readonly { readonly webhookId: string; readonly secret: string }[];
  apiKeys(profile: string): KeyRing;
  /** Every profile that has a key, with the environments it has one for. */
  keyedProfiles(): { readonly id: string; readonly apiKeys: KeyEnvironment[] }[];
  webhookIds(): string[];
  /** How often everything was erased. Whoever asks api.video before they keep something hands in what it was then. */
  readonly erasures: number;
  /** In force at once; resolves when saved. Drops what belongs before an erasure: `since` is the count it was begun at. */
  keepWebhookSecret(webhookId: string, secret: string, since?: number): Promise<void>;
  forgetWebhook(webhookId: string): Promise<void>;
  /** These are all the keys that the profile has from now on. `since` as above. */
  keepApiKeys(profile: string, keys: KeyRing, since?: number): Promise<void>;
  /** Forgets everything and takes it from where it rests, also what cannot be read. Throws AppError `secrets.unavailable`. */
  eraseAll(): Promise<void>;
}

const KeyRing = z.partialRecord(z.enum(["sandbox", "production", "custom"]), z.string());

const Saved = z.object({
  version: z.literal(1),
  /** Of the profile that everybody has. */
  apiKeys: KeyRing,
  /** Of the others, by their ids. */
  profiles: z.record(z.string(), KeyRing).optional(),
  /** Oldest webhook first; of each, the newest secret first. */
  webhooks: z.array(z.object({ webhookId: z.string(), secrets: z.array(z.string()) })),
});

/** Each start registers a webhook of its own; after some years the oldest may go. */
const MAX_WEBHOOKS = 1_000;
const MAX_PAST_SECRETS = 10;

/** Reads what was saved. Never throws: unreadable storage is `unavailable`, and the app works without it. */
export async function openSecrets({ storage, environmentSecret, log }: SecretsDeps): Promise<Secrets> {
  const keyRings = new Map<string, KeyRing>();
  const webhooks = new Map<string, string[]>();
  let all: { webhookId: string; secret: string }[] = [];
  let unavailable: AppError | undefined;
  let saving = Promise.resolve();
  /** False while the newest change is not known to be saved. */
  let isSaved = true;
  let erasures = 0;

  try {
    const text = await storage.load();
    if (text !== null) {
      const saved = parseSaved(text, storage.place);
      for (const { webhookId, secrets } of saved.webhooks) webhooks.set(webhookId, secrets);
      for (const [profile, keys] of Object.entries({ ...saved.profiles, [DEFAULT_PROFILE_ID]: saved.apiKeys })) {
        putKeys(profile, keys);
      }
    }
  } catch (error) {
    log.error("secrets.unreadable", error);
    unavailable = asUnavailable(error, storage.place);
  }
  rebuild();

  function putKeys(profile: string, keys: z.infer<typeof KeyRing>): void {
    const known = KEY_ENVIRONMENTS.flatMap((environment) => {
      const key = keys[environment];
      return key === undefined ? [] : [[environment, key] as const];
    });
    if (known.length > 0) keyRings.set(profile, Object.fromEntries(known));
    else keyRings.delete(profile);
  }

  function rebuild(): void {
    all = [...webhooks].reverse().flatMap(([webhookId, secrets]) => secrets.map((secret) => ({ webhookId, secret })));
  }

  async function save(): Promise<void> {
    rebuild();
    if (unavailable !== undefined) return;
    isSaved = false;
    const { [DEFAULT_PROFILE_ID]: apiKeys = {}, ...profiles } = Object.fromEntries(keyRings);
    const text = JSON.stringify({
      version: 1,
      apiKeys,
      ...(Object.keys(profiles).length > 0 && { profiles }),
      webhooks: [...webhooks].map(([webhookId, secrets]) => ({ webhookId, secrets })),
    } satisfies z.infer<typeof Saved>);
    // One after the other, whatever became of the one before: the last text is the newest.
    const turn = saving.then(() => storage.save(text));
    saving = turn.catch(() => {});
    const mine = saving;
    await turn;
    if (saving === mine) isSaved = true;
  }

  return {
    place: storage.place,
    get unavailable() {
      return unavailable;
    },
    environment: environmentSecret,
    of: (webhookId) => webhooks.get(webhookId) ?? [],
    all: () => all,
    apiKeys: (profile) => keyRings.get(profile) ?? {},
    keyedProfiles: () =>
      [...keyRings].map(([id, keys]) => ({ id, apiKeys: KEY_ENVIRONMENTS.filter((name) => keys[name] !== undefined) })),
    webhookIds: () => [...webhooks.keys()].reverse(),
    get erasures() {
      return erasures;
    },
    async keepWebhookSecret(webhookId, secret, since = erasures) {
      if (since !== erasures) return;
      const past = webhooks.get(webhookId) ?? [];
      if (past[0] === secret && isSaved) return;
      webhooks.delete(webhookId);
      webhooks.set(webhookId, [secret, ...past.filter((known) => known !== secret)].slice(0, MAX_PAST_SECRETS));
      if (webhooks.size > MAX_WEBHOOKS) webhooks.delete(webhooks.keys().next().value ?? "");
      await save();
    },
    async forgetWebhook(webhookId) {
      if (webhooks.delete(webhookId)) await save();
    },
    async keepApiKeys(profile, keys, since = erasures) {
      if (since !== erasures) return;
      putKeys(profile, keys);
      await save();
    },
    async eraseAll() {
      erasures += 1;
      keyRings.clear();
      webhooks.clear();
      rebuild();
      // After what is being saved, or that would bring back what was erased.
      const turn = saving.then(() => storage.erase());
      saving = turn.catch(() => {});
      await turn;
      unavailable = undefined;
      isSaved = true;
    },
  };
}

const KEY_ENVIRONMENTS: readonly KeyEnvironment[] = ["sandbox", "production", "custom"];

function parseSaved(text: string, place: string): z.infer<typeof Saved> {
  try {
    return Saved.parse(JSON.parse(text));
  } catch {
    // The cause would quote the text, and with it the secrets.
    throw new AppError("secrets.unavailable", `What is saved in ${place} is damaged. Move it away to start afresh.`);
  }
}

function asUnavailable(error: unknown, place: string): AppError {
  if (error instanceof AppError) return error;
  return new AppError("secrets.unavailable", `${place} cannot be read, so secrets last for this run only.`, {
    cause: error,
  });
}
