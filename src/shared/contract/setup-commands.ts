import * as z from "zod";
import { Erasure, Holdings } from "#shared/domain/erasure.ts";
import { Profile, ProfileId, ProfileName } from "#shared/domain/profile.ts";
import { Settings } from "#shared/domain/settings.ts";
import { command, Done, NoInput, Secret } from "./command.ts";
import { AppSnapshot, SettingsView } from "./snapshot.ts";

/** The installation as a whole: its state, settings, secrets and profiles, diagnostics, erasing. */
export const setupCommands = {
  "app.snapshot": command({
    summary: "The state of listener, tunnel, registration, forwarding and settings",
    input: NoInput,
    output: AppSnapshot,
    effect: "read",
  }),
  "app.diagnostics": command({
    summary: "What one needs to know to help, as text: no secrets, no payloads, no names; hosts only with `showHosts`",
    input: z.object({ showHosts: z.boolean().default(false) }),
    output: z.object({ text: z.string() }),
    effect: "read",
  }),
  "app.holdings": command({
    summary: "What is kept here and at api.video: what `app.erase` would take away",
    input: NoInput,
    output: Holdings,
    effect: "read",
  }),
  "app.erase": command({
    summary: "Remove our webhook, then erase secrets, deliveries and settings for good; progress by events",
    /** Nobody calls this by mistake. */
    input: z.object({ confirm: z.literal("erase everything") }),
    output: Erasure,
    effect: "write",
  }),
  "settings.get": command({
    summary: "Settings and where each comes from",
    input: NoInput,
    output: SettingsView,
    effect: "read",
  }),
  "settings.update": command({
    summary: "Change settings; what depends on them follows at once",
    input: Settings.partial(),
    output: SettingsView,
    effect: "write",
  }),
  "settings.reset": command({
    summary: "Set settings back to what flags, variables and defaults say; what depends on them follows at once",
    input: z.object({ names: z.array(Settings.keyof()).min(1) }),
    output: SettingsView,
    effect: "write",
  }),
  "secrets.status": command({
    summary: "Which secrets are known; never their values",
    input: NoInput,
    output: z.object({
      /** Where they are kept, in words for the user. */
      storage: z.string(),
      apiKeys: z.array(z.string()),
      webhookIds: z.array(z.string()),
      hasEnvironmentSecret: z.boolean(),
      /** The profiles that have API keys, and for which environments; `apiKeys` are those of the one in use. */
      profiles: z.array(z.object({ id: z.string(), apiKeys: z.array(z.string()) })),
    }),
    effect: "read",
  }),
  "secrets.set": command({
    summary: "Keep an API key (checked against api.video first) or the secret of a webhook",
    input: z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("api-key"),
        environment: z.enum(["sandbox", "production", "custom"]),
        value: Secret,
        /** Leave out to keep the API base URL of the settings. Only for `custom`. */
        baseUrl: z.string().max(2000).optional(),
      }),
      z.object({ kind: z.literal("webhook"), webhookId: z.string().min(1).max(200), value: Secret }),
    ]),
    output: Done,
    effect: "write",
  }),
  "secrets.clear": command({
    summary: "Forget an API key or the secrets of a webhook",
    input: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("api-key"), environment: z.enum(["sandbox", "production", "custom"]) }),
      z.object({ kind: z.literal("webhook"), webhookId: z.string().min(1).max(200) }),
    ]),
    output: Done,
    effect: "write",
  }),
  "profiles.list": command({
    summary: "All profiles: what each has of its own, and for which environments it keeps an API key",
    input: NoInput,
    output: z.object({
      profiles: z.array(Profile.extend({ isInUse: z.boolean(), apiKeys: z.array(z.string()) })),
    }),
    effect: "read",
  }),
  "profiles.save": command({
    summary: "Make a profile, from the one in use or the one named, keys included; with an id, rename that one",
    input: z.object({ id: ProfileId.optional(), name: ProfileName, from: ProfileId.optional() }),
    output: z.object({ id: z.string() }),
    effect: "write",
  }),
  "profiles.use": command({
    summary:
      "Switch to a profile: the tunnel and our webhook follow at once; what is saved now stays with the last one",
    input: z.object({ id: ProfileId }),
    output: z.object({
      settings: SettingsView,
      /** Settings that the profile wants otherwise than a flag or variable, which decide. */
      overruled: z.array(z.string()),
    }),
    effect: "write",
  }),
  "profiles.remove": command({
    summary: "Delete a profile that is not in use, with its keys; it can be restored until the app is closed",
    input: z.object({ id: ProfileId }),
    output: Done,
    effect: "write",
  }),
  "profiles.restore": command({
    summary: "Bring a deleted profile back",
    input: z.object({ id: ProfileId }),
    output: Done,
    effect: "write",
  }),
} as const;
