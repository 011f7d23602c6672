import type { Settings } from "#shared/domain/settings.ts";
import { DELIVERY_ENTRIES } from "./entries/delivery-entries.ts";
import { EXPORT_ENTRIES } from "./entries/export-entries.ts";
import { PATH_ENTRIES } from "./entries/path-entries.ts";
import { WINDOW_ENTRIES } from "./entries/window-entries.ts";
import type { SettingEntry } from "./setting-entry.ts";

/** Settings that have their place elsewhere, and no row here. */
export const SET_ELSEWHERE: readonly (keyof Settings)[] = [
  "firstRunDone",
  "savedSearches",
  "targets",
  "routes",
  "answerMode",
  "relayDeadlineMs",
  "answerRules",
];

/** Everything that can be set, in the order of the page. A new setting is one entry in one of these, and one small control. */
export const SETTING_TABLE: readonly SettingEntry[] = [
  ...PATH_ENTRIES,
  ...DELIVERY_ENTRIES,
  ...EXPORT_ENTRIES,
  ...WINDOW_ENTRIES,
];
