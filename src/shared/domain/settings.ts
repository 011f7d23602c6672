import * as z from "zod";
import { EVENT_TYPES } from "#shared/api-video/event-types.ts";
import { DEFAULT_REDACTION, MAX_REDACTION_RULES, RedactionRuleText } from "#shared/redaction/redaction-rules.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";
import { ActivityRange } from "./activity.ts";
import { AnswerMode, AnswerRules, RELAY_DEADLINE } from "./answer-rule.ts";
import { FixtureFolder } from "./fixture-folder.ts";
import { KeyOverrides } from "./keys.ts";
import { Targets } from "./named-target.ts";
import { NotifyOn } from "./notify-on.ts";
import { Routes } from "./route.ts";
import { Stack } from "./stack.ts";
import { parseTarget } from "./target.ts";
import { parseTunnelChoice, TUNNEL_FORMS } from "./tunnel.ts";
import { parseApiChoice } from "./webhook.ts";

const Url = z.string().max(2000);

/** A search with a name. It need not be readable: another version of the app may know more of the language. */
export const SavedSearch = z.object({
  name: z.string().trim().min(1, { error: "Give it a name." }).max(60),
  query: z.string().trim().min(1).max(MAX_QUERY_CHARS),
});
export type SavedSearch = z.infer<typeof SavedSearch>;

export const MAX_SAVED_SEARCHES = 50;

/** What the user chose and the app keeps. Flags and variables go before it and are never written into it. */
export const Settings = z.object({
  tunnel: z
    .string()
    .max(2000)
    .refine((text) => parseTunnelChoice(text) !== null, { error: TUNNEL_FORMS }),
  tunnelHost: Url.refine((text) => URL.canParse(text) && /^https?:/.test(text), {
    error: "The relay's address starts with http:// or https://.",
  }).nullable(),
  api: z
    .string()
    .max(2000)
    .refine((text) => parseApiChoice(text) !== null, {
      error: "Use simulator, sandbox, production, or an https:// base URL (http:// for this machine only).",
    }),
  /** How a custom base URL wants the key; api.video itself takes it as Basic. */
  apiAuth: z.enum(["basic", "bearer"]),
  forwardTo: z
    .string()
    .max(2000)
    .refine((text) => parseTarget(text) !== null, {
      error: "Use an http:// or https:// URL, or a bare port.",
    })
    .nullable(),
  targets: Targets,
  routes: Routes,
  answerMode: AnswerMode,
  relayDeadlineMs: z.int().min(RELAY_DEADLINE.min).max(RELAY_DEADLINE.max),
  answerRules: AnswerRules,
  events: z.array(z.string().min(1).max(200)).min(1).max(50),
  /** Hosts besides loopback that replays may go to: `name` or `name:port`. */
  allowedTargets: z
    .array(z.string().min(1).max(300).refine(isHostEntry, { error: "Write a host as name or name:port." }))
    .max(50),
  maxDeliveries: z.int().min(100).max(10_000_000),
  maxBytes: z
    .int()
    .min(1024 * 1024)
    .max(1024 ** 4),
  /** What is taken out of every delivery that is exported; see shared/redaction. */
  redact: z.array(RedactionRuleText).max(MAX_REDACTION_RULES),
  fixtureFolder: FixtureFolder.nullable(),
  theme: z.enum(["system", "dark", "light"]),
  /** What the user's own server is written in: the code of fixes is shown for it. */
  stack: Stack,
  activityRange: ActivityRange,
  notifyOn: NotifyOn,
  keys: KeyOverrides,
  /** False: keys that are a single sign do nothing (WCAG 2.2, 2.1.4). */
  singleKeys: z.boolean(),
  /** In the order in which they were saved; each name once. */
  savedSearches: z
    .array(SavedSearch)
    .max(MAX_SAVED_SEARCHES, { error: `At most ${MAX_SAVED_SEARCHES} searches can be kept.` })
    .refine((searches) => new Set(searches.map(({ name }) => name)).size === searches.length, {
      error: "There is a search of this name already.",
    }),
  /** How high the rows of the list are. */
  density: z.enum(["comfortable", "compact"]),
  /** False until the user has chosen, in the first-run step, how to begin. */
  firstRunDone: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

/** `name`, `name:port` or an IPv6 address: what replays are allowed by. */
function isHostEntry(text: string): boolean {
  const isNamed = /^[\p{L}\p{N}_]([\p{L}\p{N}._-]*[\p{L}\p{N}_.])?(:\d{1,5})?$/u.test(text);
  return isNamed || /^\[?[0-9a-f:.]*:[0-9a-f:.]*\]?(:\d{1,5})?$/i.test(text);
}

/** Some settings to change; what is undefined stays as it is. */
export type SettingsChange = { readonly [N in keyof Settings]?: Settings[N] | undefined };

/** Nothing leaves the machine until the user says so: no tunnel, the simulator for api.video. */
export const DEFAULT_SETTINGS: Settings = {
  tunnel: "none",
  tunnelHost: null,
  api: "simulator",
  apiAuth: "basic",
  forwardTo: null,
  targets: [],
  routes: [],
  answerMode: "accept",
  // How long api.video waits is not published. Five seconds are long for a handler that works later, as is advised, and
  // short enough that a sender that waits ten still hears the 504 and tries again.
  relayDeadlineMs: 5_000,
  answerRules: [],
  events: [...EVENT_TYPES],
  allowedTargets: [],
  maxDeliveries: 100_000,
  maxBytes: 2 * 1024 ** 3,
  redact: [...DEFAULT_REDACTION],
  fixtureFolder: null,
  theme: "system",
  stack: "express",
  activityRange: "20m",
  notifyOn: { path: true, failedSignature: true, types: [] },
  keys: {},
  singleKeys: true,
  savedSearches: [],
  density: "comfortable",
  firstRunDone: false,
};

/** The flag and the variable that go before a saved setting, for those that have them. */
export const SETTING_FLAGS: Readonly<Partial<Record<keyof Settings, { flag: string; variable?: string }>>> = {
  forwardTo: { flag: "--forward-to", variable: "APIVIDEO_INSPECTOR_FORWARD_TO" },
  tunnel: { flag: "--tunnel", variable: "APIVIDEO_INSPECTOR_TUNNEL" },
  tunnelHost: { flag: "--tunnel-host", variable: "APIVIDEO_INSPECTOR_TUNNEL_HOST" },
  api: { flag: "--api", variable: "APIVIDEO_INSPECTOR_API" },
  answerMode: { flag: "--relay" },
};

/** Where the value in force comes from; a flag or variable cannot be changed from the UI. */
export const SettingSource = z.enum(["default", "saved", "variable", "flag"]);
export type SettingSource = z.infer<typeof SettingSource>;
