import { FixtureFolderControl } from "../controls/fixture-folder-control.tsx";
import { RedactionControl } from "../controls/texts.tsx";
import { AT_ONCE, type SettingEntry } from "../setting-entry.ts";

/** What leaves the app as files, and what is taken out of it before. */
export const EXPORT_ENTRIES: readonly SettingEntry[] = [
  {
    id: "redact",
    section: "exports",
    title: "Redaction",
    meaning:
      "What is taken out of everything that is exported, one rule a line: header:NAME, query:NAME, body:data.items[].id or value:TEXT. The same value gets the same placeholder in every file, and all other bytes stay as they are.",
    standard: "credentials, cookies, addresses of senders, and the host",
    effect: AT_ONCE,
    setting: "redact",
    words: "privacy secret mask anonymise hide placeholder rules fixtures",
    form: "field",
    Control: RedactionControl,
  },
  {
    id: "fixtureFolder",
    section: "exports",
    title: "Fixture folder",
    meaning:
      "Deliveries are written here as fixtures for your tests, one file each, as they come in and match the search. Clearing or erasing deliveries leaves these files alone.",
    standard: "none: nothing is written",
    effect: "At once, from the next delivery on.",
    setting: "fixtureFolder",
    words: "live directory path write tests ci replay export json",
    form: "group",
    Control: FixtureFolderControl,
  },
];
