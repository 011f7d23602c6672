import { type LucideIcon, Webhook } from "lucide-react";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { ActionChoice } from "../../actions/action.ts";
import { keyWords } from "../../actions/key-words.ts";
import { shownKeys } from "../../actions/keys-in-force.ts";
import { select } from "../../actions/list-actions.ts";
import { focusAreaWhenThere } from "../../actions/regions.ts";
import { ACTION_GROUPS, type GroupedAction } from "../../actions/registry.ts";
import type { App } from "../../app-context.ts";
import type { AppState } from "../../state/app-state.ts";
import { deliveriesOf, isEngineGone } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { formatTime } from "../../theme/format.ts";
import { shortSubject, titleOf } from "../common/delivery-words.ts";
import { settingEntries, tunnelEntries } from "./more-entries.ts";
import { type Findable, ranked, rankedWithSlips } from "./rank.ts";

/** One line of the palette. */
export interface Entry extends Findable {
  readonly id: string;
  readonly detail?: string;
  readonly action?: GroupedAction;
  /** Of what is no action, which has its own. */
  readonly icon?: LucideIcon;
  readonly run: (app: App) => void;
  /** What is asked next, instead of running it. */
  readonly choices?: readonly ActionChoice[];
}

export interface EntryGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** More deliveries than this are a matter for the list's filter. */
const MAX_DELIVERIES = 6;
/** Enough to be looked through between two keystrokes. */
const MAX_SEARCHED = 2_000;
const MAX_RECENT = 4;

/**
 * What the palette shows for a query: without one all that can be done now, what was done last first; with one what
 * answers it, the best first, and deliveries among the loaded ones.
 */
export function toEntryGroups(state: AppState, query: string, isApple: boolean): readonly EntryGroup[] {
  const groups = [...actionGroups(state, isApple), ...moreGroups(state)];
  if (query.trim() === "") return withRecent(groups, state.view.recentActions);
  const deliveries = {
    title: "Deliveries",
    entries: ranked(deliveriesOf(state).slice(0, MAX_SEARCHED).map(toDeliveryEntry), query).slice(0, MAX_DELIVERIES),
  };
  const entries = rankedWithSlips(
    groups.flatMap((group) => group.entries),
    query,
  );
  return [{ title: "Commands", entries }, deliveries].filter((group) => group.entries.length > 0);
}

/** The choices of one action, as entries of their own. */
export function toChoiceEntries(choices: readonly ActionChoice[], query: string): readonly Entry[] {
  const entries = choices.map(
    ({ id, label, detail, run }): Entry => ({
      id,
      label,
      ...(detail !== undefined && { detail }),
      keywords: `${id} ${detail ?? ""}`,
      keys: null,
      run,
    }),
  );
  return rankedWithSlips(entries, query);
}

function moreGroups(state: AppState): readonly EntryGroup[] {
  return [
    { title: "Tunnel", entries: tunnelEntries(state) },
    { title: "Settings", entries: settingEntries(state) },
  ].filter((group) => group.entries.length > 0);
}

function actionGroups(state: AppState, isApple: boolean): readonly EntryGroup[] {
  return ACTION_GROUPS.map(({ title, actions }) => ({
    title,
    entries: actions
      .filter((action) => isOffered(action, state))
      .map((action) => toActionEntry(action, state, isApple)),
  })).filter((group) => group.entries.length > 0);
}

/** The entry of one action; null where it cannot be done now. */
export function findActionEntry(state: AppState, id: string | undefined, isApple: boolean): Entry | null {
  const entries = actionGroups(state, isApple).flatMap((group) => group.entries);
  return entries.find((entry) => entry.id === id) ?? null;
}

/** What cannot be done now is not in the way of what can. */
function isOffered({ id, isKeyOnly, needsEngine, when }: GroupedAction, state: AppState): boolean {
  if (needsEngine && isEngineGone(state)) return false;
  return id !== "palette.open" && !isKeyOnly && (when?.(state) ?? true);
}

function toActionEntry(action: GroupedAction, state: AppState, isApple: boolean): Entry {
  const keys = shownKeys(state, action.id);
  const choices = action.choices?.(state);
  return {
    id: action.id,
    label: action.labelNow?.(state) ?? action.label,
    keywords: `${action.label} ${action.group} ${action.keywords ?? ""}`,
    keys: keys === undefined ? null : keyWords(keys, isApple),
    action,
    run: action.run,
    ...(choices !== undefined && { choices }),
  };
}

function withRecent(groups: readonly EntryGroup[], recentIds: readonly string[]): readonly EntryGroup[] {
  const all = groups.flatMap((group) => group.entries);
  const recent = recentIds.flatMap((id) => all.filter((entry) => entry.id === id)).slice(0, MAX_RECENT);
  if (recent.length === 0) return groups;
  const rest = groups.map(({ title, entries }) => ({
    title,
    entries: entries.filter((entry) => !recent.includes(entry)),
  }));
  return [{ title: "Recent", entries: recent }, ...rest].filter((group) => group.entries.length > 0);
}

function toDeliveryEntry(delivery: DeliverySummary): Entry {
  const { id, type, subject, receivedAt } = delivery;
  const what = [shortSubject(delivery), formatTime(receivedAt)].filter((word) => word !== null);
  return {
    id: `open ${id}`,
    label: titleOf(delivery),
    icon: Webhook,
    detail: what.join(" · "),
    keywords: [id, type, subject.videoId, subject.liveStreamId].filter((word) => word != null).join(" "),
    keys: null,
    run(app) {
      setView(app.store, { area: "deliveries", isDetailHidden: false });
      select(app, id, { open: true });
      focusAreaWhenThere("deliveries");
    },
  };
}
