import type { ComponentType } from "react";
import type { LaunchOptionId } from "#shared/domain/launch-option.ts";
import type { Settings } from "#shared/domain/settings.ts";

/** The parts of the page, in its order; the id is what stands in the address. */
export const SECTIONS = [
  { id: "connection", title: "Connection" },
  { id: "api", title: "api.video and keys" },
  { id: "server", title: "Your server" },
  { id: "storage", title: "Storage" },
  { id: "exports", title: "Exports and fixtures" },
  { id: "look", title: "Look" },
  { id: "keys", title: "Keys" },
  { id: "notifications", title: "Desktop notifications" },
  { id: "profiles", title: "Profiles" },
  { id: "about", title: "About and diagnostics" },
] as const;
export type SectionId = (typeof SECTIONS)[number]["id"];

/** What ties a control to the row around it. */
export interface ControlProps {
  /** The id of the field, which the row's title is the label of; of a group, what its parts' ids begin with. */
  readonly id: string;
  /** What the row says of it. */
  readonly describedBy: string;
}

/** One row of the page: all that there is to say of a setting, and the control that changes it. */
export interface SettingEntry {
  readonly id: string;
  readonly section: SectionId;
  readonly title: string;
  /** What it does, in a sentence or two. */
  readonly meaning: string;
  /** The default in words; absent where there is nothing to set. */
  readonly standard?: string;
  /** When a change counts. It must be true. */
  readonly effect?: string;
  /** The saved setting behind it: gives source, flag, variable, and the way back to the default. */
  readonly setting?: keyof Settings;
  /** What was decided at the start: read-only, with the flag and the variable to decide it otherwise. */
  readonly launch?: LaunchOptionId;
  /** Other words that one might look for. */
  readonly words?: string;
  /** Its button is an action, which can be found and run as that. */
  readonly isAction?: true;
  /** `field`: one field, labelled by the title. `group`: several, under the title as a heading. */
  readonly form: "field" | "group";
  /** Absent for what was decided at the start. */
  readonly Control?: ComponentType<ControlProps>;
}

export const AT_ONCE = "At once.";
export const AT_NEXT_START = "At the next start.";
