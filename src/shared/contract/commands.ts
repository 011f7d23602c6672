import * as z from "zod";
import { TUTORIAL_EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { ActivityCounts } from "#shared/domain/activity.ts";
import { Attempt } from "#shared/domain/attempt.ts";
import { DeliveryDetail, DeliverySummary } from "#shared/domain/delivery.ts";
import { Gap } from "#shared/domain/gap.ts";
import { Reconciliation } from "#shared/domain/missed-event.ts";
import { Settings } from "#shared/domain/settings.ts";
import { SubjectEntry, SubjectKind, SubjectLookup, SubjectRef } from "#shared/domain/subject.ts";
import { TunnelState, TunnelTransition } from "#shared/domain/tunnel.ts";
import { Diagnosis } from "#shared/domain/verification.ts";
import { RegistrationState, Webhook } from "#shared/domain/webhook.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";
import { command } from "./command.ts";
import { setupCommands } from "./setup-commands.ts";
import { AppSnapshot, SettingsView } from "./snapshot.ts";

const NoInput = z.object({});
const Done = z.object({});
const Id = z.string().min(1).max(64);
const ById = z.object({ id: Id });
const ByIds = z.object({ ids: z.array(Id).min(1).max(10_000) });
/** Long enough for any secret, short enough for no mischief. */
const Secret = z.string().min(1).max(500);

/** How a simulated event is signed. `wrong-secret` uses another secret the app knows, so that it can be named. */
export const SimulatedSignature = z.enum(["valid", "wrong-secret", "missing", "reserialised"]);
export type SimulatedSignature = z.infer<typeof SimulatedSignature>;

export const SimulatedDialect = z.enum(["api-video", "tutorial"]);
export type SimulatedDialect = z.infer<typeof SimulatedDialect>;

/** Every command of the engine, by `area.verb`. The one place where a capability gets its name, shape and summary. */
export const commands = {
  "app.snapshot": command({
    summary: "The state of listener, tunnel, registration, forwarding and settings",
    input: NoInput,
    output: AppSnapshot,
    effect: "read",
  }),
  "deliveries.list": command({
    summary: "List the deliveries that a search finds, newest first; `before` is the id that the last page gave",
    input: z
      .object({
        /** As src/shared/search reads it; `input.invalid` carries the places of what cannot be read. */
        query: z.string().max(MAX_QUERY_CHARS).default(""),
        before: Id.nullish(),
        /** The page that ends just above this delivery. */
        after: Id.nullish(),
        /** The page that has this delivery in its middle. */
        around: Id.nullish(),
        /** How many of the newest to pass over. */
        skip: z.int().min(0).optional(),
        limit: z.int().min(1).max(500).default(100),
      })
      .refine(
        ({ before, after, around, skip }) => [before, after, around, skip].filter((at) => at != null).length < 2,
        {
          error: "Give one of before, after, around and skip at most.",
        },
      ),
    output: z.object({
      items: z.array(DeliverySummary),
      before: z.string().nullable(),
      /** How many deliveries match the query in all. */
      total: z.int(),
      /** How many of these are newer than the first item. */
      newer: z.int(),
      seq: z.int(),
    }),
    effect: "read",
  }),
  "deliveries.activity": command({
    summary: "How many deliveries came over a time and in which state, in equal parts of it, oldest first",
    input: z.object({
      /** ISO 8601. Without it, from the oldest delivery that is kept. */
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }),
      buckets: z.int().min(1).max(200),
    }),
    output: z.object({
      from: z.string(),
      to: z.string(),
      buckets: z.array(ActivityCounts),
      /** The first and the last delivery that was counted: what comes later has a later id. */
      oldest: z.string().nullable(),
      newest: z.string().nullable(),
    }),
    effect: "read",
  }),
  "deliveries.get": command({
    summary: "One delivery with its headers, timings, attempts and diagnosis",
    input: ById,
    output: DeliveryDetail,
    effect: "read",
  }),
  "deliveries.body": command({
    summary: "A range of a delivery's exact body bytes",
    input: z.object({ id: Id, offset: z.int().min(0).default(0), length: z.int().min(0).optional() }),
    output: z.object({ base64: z.string(), totalBytes: z.int() }),
    effect: "read",
  }),
  "deliveries.delete": command({
    summary: "Delete deliveries; they can be restored until the app is closed",
    input: ByIds,
    output: z.object({ deleted: z.int() }),
    effect: "write",
  }),
  "deliveries.restore": command({
    summary: "Bring deleted deliveries back",
    input: ByIds,
    output: z.object({ restored: z.int() }),
    effect: "write",
  }),
  "deliveries.clear": command({
    summary: "Clear all deliveries that are not pinned, for good",
    input: NoInput,
    output: z.object({ deleted: z.int() }),
    effect: "write",
  }),
  "deliveries.pin": command({
    summary: "Keep a delivery whatever the limits say",
    input: z.object({ id: Id, pinned: z.boolean().default(true) }),
    output: DeliverySummary,
    effect: "write",
  }),
  "deliveries.note": command({
    summary: "Write a note on a delivery; an empty one removes it",
    input: z.object({ id: Id, note: z.string().max(10_000) }),
    output: DeliverySummary,
    effect: "write",
  }),
  "replay.send": command({
    summary: "Send a stored delivery again, byte for byte; answers when the attempt has ended",
    input: z.object({ id: Id, target: z.string().max(2000).optional() }),
    output: Attempt,
    effect: "write",
  }),
  "verification.explain": command({
    summary: "Check a delivery's signature again, with another secret if one is given",
    input: z.object({ id: Id, secret: Secret.optional() }),
    output: Diagnosis,
    effect: "read",
  }),
  "simulator.trigger": command({
    summary: "Send simulated, signed events; answers with the ids of the deliveries once they are stored",
    input: z.object({
      type: z.string().min(1).max(200),
      set: z.record(z.string().max(200), z.json()).optional(),
      signature: SimulatedSignature.default("valid"),
      /** Left out: the tutorial's shape for the tutorial's events, else api.video's own. */
      dialect: SimulatedDialect.optional(),
      via: z.enum(["listener", "public-url"]).default("listener"),
      count: z.int().min(1).max(1000).default(1),
    }),
    output: z.object({ ids: z.array(z.string()) }),
    effect: "write",
  }),
  "simulator.play": command({
    summary: "Have the simulator encode a video, or broadcast and record a live stream; its events follow",
    input: z.object({ scenario: SubjectKind }),
    output: z.object({ subject: SubjectRef }),
    effect: "write",
  }),
  "subjects.list": command({
    summary: "The videos and live streams that deliveries are about, the last active first",
    input: z.object({
      kind: SubjectKind.optional(),
      /** A part of the id. */
      text: z.string().max(200).default(""),
      limit: z.int().min(1).max(200).default(25),
    }),
    output: z.object({ subjects: z.array(SubjectEntry), hasMore: z.boolean(), seq: z.int() }),
    effect: "read",
  }),
  "subjects.timeline": command({
    summary: "The deliveries about one video or live stream, newest first",
    input: z.object({ subject: SubjectRef, limit: z.int().min(1).max(500).default(200) }),
    output: z.object({
      deliveries: z.array(DeliverySummary),
      /** How many there are in all. */
      total: z.int(),
      seq: z.int(),
    }),
    effect: "read",
  }),
  "subjects.lookup": command({
    summary: "Ask api.video for the title and status of one video or live stream",
    input: z.object({ subject: SubjectRef }),
    output: SubjectLookup,
    effect: "read",
  }),
  "gaps.list": command({
    summary: "The times during which the path to the public URL was down, newest first",
    input: NoInput,
    output: z.object({ gaps: z.array(Gap), seq: z.int() }),
    effect: "read",
  }),
  "tunnel.open": command({
    summary: "Open the chosen tunnel, or open it again",
    input: NoInput,
    output: TunnelState,
    effect: "write",
  }),
  "tunnel.close": command({ summary: "Close the tunnel", input: NoInput, output: TunnelState, effect: "write" }),
  "tunnel.prove": command({
    summary: "Send a request of our own through the public URL now, and see whether it comes back",
    input: NoInput,
    output: TunnelState,
    effect: "write",
  }),
  "tunnel.transitions": command({
    summary: "What happened to the tunnel so far, oldest first",
    input: NoInput,
    output: z.object({ transitions: z.array(TunnelTransition) }),
    effect: "read",
  }),
  "webhooks.list": command({
    summary: "All webhooks of the api.video account; ours, and those of other installations of this app, are marked",
    input: NoInput,
    output: z.object({ webhooks: z.array(Webhook), limit: z.int() }),
    effect: "read",
  }),
  "webhooks.register": command({
    summary: "Register our public URL, or create a webhook for the URL given, which is then the user's own to remove",
    input: z.object({ url: z.string().max(2000).optional(), events: z.array(z.string().max(200)).min(1).optional() }),
    output: Webhook,
    effect: "write",
  }),
  "webhooks.remove": command({
    summary: "Delete a webhook from the account",
    input: z.object({ webhookId: z.string().min(1).max(200) }),
    output: Done,
    effect: "write",
  }),
  "webhooks.reconcile": command({
    summary: "Ask api.video which events should have come during a time, by default the newest gap, and did not",
    /** ISO 8601. Without `to`, until now. */
    input: z.object({ from: z.string().max(40).optional(), to: z.string().max(40).optional() }),
    output: Reconciliation,
    effect: "read",
  }),
  "webhooks.cancelReconcile": command({
    summary: "Stop the reconciliation under way, which then answers with what it has found so far",
    input: NoInput,
    output: Done,
    effect: "read",
  }),
  "webhooks.prune": command({
    summary:
      "Remove webhooks of this app that are left over: of this installation, or those named; never anyone else's",
    input: z.object({
      /** Exactly these, which must be of this app and not in use here. */
      webhookIds: z.array(z.string().min(1).max(200)).min(1).max(100).optional(),
      /** Those of other installations as well, whether in use or not: that cannot be told from here. */
      othersToo: z.boolean().default(false),
    }),
    output: z.object({ removed: z.array(z.string()), kept: z.array(z.string()) }),
    effect: "write",
  }),
  "registration.retry": command({
    summary: "Try again to register the public URL at api.video",
    input: NoInput,
    output: RegistrationState,
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
  ...setupCommands,
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
} as const;

/** The dialect that an event type belongs to when nobody says otherwise. */
export function defaultDialect(type: string): SimulatedDialect {
  return (TUTORIAL_EVENT_TYPES as readonly string[]).includes(type) ? "tutorial" : "api-video";
}
