import * as z from "zod";
import { Settings } from "./settings.ts";

/** The profile that is there from the first start on. */
export const DEFAULT_PROFILE_ID = "default";
export const DEFAULT_PROFILE_NAME = "Default";
export const MAX_PROFILES = 50;

/** What a profile has of its own. Absent: the default. API keys belong to it as well; they rest with the secrets. */
export const ProfileSettings = Settings.pick({
  api: true,
  apiAuth: true,
  tunnel: true,
  tunnelHost: true,
  forwardTo: true,
  targets: true,
  routes: true,
  answerMode: true,
  relayDeadlineMs: true,
  answerRules: true,
  allowedTargets: true,
  events: true,
  fixtureFolder: true,
}).partial();
export type ProfileSettings = z.infer<typeof ProfileSettings>;
export type ProfileSettingName = keyof ProfileSettings;

// The shape has these very names.
export const PROFILE_SETTING_NAMES = Object.keys(ProfileSettings.shape) as readonly ProfileSettingName[];

export const ProfileId = z.string().min(1).max(40);
export const ProfileName = z
  .string()
  .trim()
  .min(1, { error: "Give the profile a name." })
  .max(60, { error: "At most 60 characters." });

/** One setup under a name: which account, through which tunnel, to which server. */
export const Profile = z.object({ id: ProfileId, name: ProfileName, settings: ProfileSettings });
export type Profile = z.infer<typeof Profile>;
