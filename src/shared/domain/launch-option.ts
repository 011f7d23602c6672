import * as z from "zod";
import { SettingSource } from "./settings.ts";

/** What is decided when the app is started, and stays so until it ends. */
export const LaunchOptionId = z.enum([
  "dataDir",
  "listenerPort",
  "uiPort",
  "openBrowser",
  "forwardHeaders",
  "skipVerify",
  "apiKey",
  "webhookSecret",
  "ngrokToken",
  "cloudflaredToken",
]);
export type LaunchOptionId = z.infer<typeof LaunchOptionId>;

/** One such option as it is now. Of a secret, `value` says only whether it was given. */
export const LaunchOption = z.object({
  id: LaunchOptionId,
  value: z.string(),
  source: SettingSource,
  /** How to say it: `--data-dir`, `APIVIDEO_INSPECTOR_DATA_DIR`; null where there is no such way. */
  flag: z.string().nullable(),
  variable: z.string().nullable(),
});
export type LaunchOption = z.infer<typeof LaunchOption>;
