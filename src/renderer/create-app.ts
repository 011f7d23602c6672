import { createClient } from "#shared/contract/client.ts";
import type { Connection } from "#shared/contract/connection.ts";
import type { EventEnvelope } from "#shared/contract/types.ts";
import { hasArrived } from "#shared/domain/delivery.ts";
import { DEFAULT_SETTINGS } from "#shared/domain/settings.ts";
import { createNews } from "#shared/news/news.ts";
import type { App } from "./app-context.ts";
import type { Shell } from "./client/shell.ts";
import { toMessage } from "./client/to-message.ts";
import { createAccountLoader } from "./state/account-loader.ts";
import { createActivityLoader } from "./state/activity-loader.ts";
import type { AppState, EngineMirror } from "./state/app-state.ts";
import { createCompareLoader } from "./state/compare-loader.ts";
import { connect } from "./state/connect.ts";
import { createDetailLoader, needsBody } from "./state/detail-loader.ts";
import { forgetErased } from "./state/forget-erased.ts";
import { forgetMarks } from "./state/forget-marks.ts";
import type { Place } from "./state/hash.ts";
import { createListLoader } from "./state/list-loader.ts";
import { createMissedLoader } from "./state/missed-loader.ts";
import { createRunsLoader } from "./state/runs-loader.ts";
import { selectedIndex } from "./state/selectors.ts";
import { createAppStore, setView } from "./state/store.ts";
import { createTimelineLoader } from "./state/timeline-loader.ts";

/** More at once would cover what they speak of. */
const MAX_TOASTS = 3;

export interface AppDeps {
  readonly connection: Connection;
  readonly shell: Shell;
  readonly place: Place;
  schedule(flush: () => void): void;
  /** True while nobody can see the window. */
  isHidden(): boolean;
  /** True while somebody works in the window; else what fails is counted in its title. */
  isLookedAt(): boolean;
}

/** Puts the window's parts together. What is looked at is loaded from here, so that components never fetch. */
export function createApp({ connection, shell, place, schedule, isHidden, isLookedAt }: AppDeps): App {
  const store = createAppStore(place);
  const client = createClient(connection);
  let toasts = 0;

  const toast: App["toast"] = (text, { tone = "neutral", action } = {}) => {
    toasts += 1;
    const added = { id: String(toasts), tone, text, ...(action && { action }) };
    setView(store, { toasts: [...store.getState().view.toasts.slice(1 - MAX_TOASTS), added] });
  };
  const showError = (error: unknown): void => toast(toMessage(error), { tone: "bad" });
  const attempt = (work: () => Promise<unknown>): void => void work().catch(showError);

  const list = createListLoader({ client, store, onError: showError });
  const detail = createDetailLoader({ client, store });
  const account = createAccountLoader({ client, store });
  const missed = createMissedLoader({ client, store });
  const compare = createCompareLoader({ client, store });
  const timeline = createTimelineLoader({ client, store });
  const runs = createRunsLoader({ client, store });
  const activity = createActivityLoader({ client, store });

  const onApplied = (events: readonly EventEnvelope[] | null, before: EngineMirror | null): void => {
    const state = store.getState();
    const { selectedId, area } = state.view;
    if (
      selectedId !== null &&
      (events === null || events.some((event) => concerns(event, selectedId, firstTry(state))))
    ) {
      attempt(detail.refresh);
    }
    list.follow(events);
    const removed = events?.flatMap((event) => (event.name === "delivery.removed" ? [event.payload.ids] : [])) ?? [];
    forgetMarks(store, removed);
    if (events?.some(isErased)) forgetErased(store);
    list.trim();
    if (events !== null) missed.follow(events);
    timeline.follow(events);
    runs.follow(events);
    if (events === null || before === null) attempt(activity.reload);
    else activity.follow(events, before);
    for (const event of events ?? []) news.followEvent(event);
    const failed = isLookedAt() ? 0 : (events?.filter(isFailedArrival).length ?? 0);
    if (failed > 0) setView(store, { unseenFailed: state.view.unseenFailed + failed });
    const isAccountChanged = events === null || events.some(({ name }) => ACCOUNT_EVENTS.has(name));
    if (isAccountChanged && area === "webhooks") attempt(account.refreshWebhooks);
    const isProfileChanged = events?.some(({ name }) => name === "settings.changed") ?? false;
    if ((isAccountChanged || isProfileChanged) && area === "settings") attempt(account.refreshSecrets);
    const isTunnelChanged = events === null || events.some(({ name }) => name === "tunnel.changed");
    if (isTunnelChanged && area === "connection") attempt(account.refreshTransitions);
  };

  let lastSave: Promise<unknown> = Promise.resolve();
  const saveSettings: App["saveSettings"] = (change) => {
    const save = lastSave.then(async () => void (await client.call("settings.update", change)));
    // One that fails is told to who asked for it, and the next goes on.
    lastSave = save.catch(() => undefined);
    return save;
  };

  const mirror = connect({ client, connection, store, schedule, loadList: list.load, onApplied });

  const show = (id: string): void =>
    setView(store, { area: "deliveries", selectedId: id, isDetailOpen: true, isDetailHidden: false, dialog: null });
  const unlisten = shell.onShow(show);
  const news = createNews({
    isLookedAt: () => !isHidden(),
    rule: () => store.getState().mirror?.settings.values.notifyOn ?? DEFAULT_SETTINGS.notifyOn,
    tell: (item) => shell.notify(item, () => item.deliveryId !== undefined && show(item.deliveryId)),
  });

  /** Looking elsewhere loads what is to be seen there. */
  const unwatch = store.subscribe((state: AppState, before: AppState) => {
    if (state.mirror === null) return;
    if (state.mirror.tunnel !== before.mirror?.tunnel) news.followTunnel(state.mirror.tunnel);
    const { activityRange } = state.mirror.settings.values;
    if (before.mirror !== null && activityRange !== before.mirror.settings.values.activityRange)
      attempt(activity.reload);
    const { selectedId } = state.view;
    if (selectedId !== before.view.selectedId) attempt(detail.refresh);
    const isElsewhere = selectedId !== null && selectedId !== before.view.selectedId && selectedIndex(state) === -1;
    if (isElsewhere) attempt(() => list.reveal(selectedId));
    if (state.view.filter !== before.view.filter) list.followFilter();
    const { dialog } = state.view;
    if (dialog !== before.view.dialog) {
      if (dialog?.kind === "missed") attempt(() => missed.search(dialog.gap));
      else if (before.view.dialog?.kind === "missed") attempt(missed.close);
      if (dialog?.kind === "compare") attempt(() => compare.open(dialog.before, dialog.after));
      else if (before.view.dialog?.kind === "compare") compare.close();
    }
    const isAtRuns = state.view.area === "replays";
    if (isAtRuns && before.view.area !== "replays") attempt(runs.refresh);
    if (isAtRuns && (before.view.area !== "replays" || state.view.runId !== before.view.runId)) runs.open();
    if (state.view.area !== before.view.area) {
      if (state.view.area === "webhooks") attempt(account.refreshWebhooks);
      if (state.view.area === "connection") attempt(account.refreshTransitions);
      if (state.view.area === "timeline") attempt(timeline.refresh);
      if (state.view.area === "webhooks" || state.view.area === "settings") attempt(account.refreshSecrets);
    }
    const isSameBody = needsBody(before) && before.mirror !== null && state.view.selectedId === before.view.selectedId;
    if (needsBody(state) && !isSameBody) attempt(detail.needBody);
  });

  return {
    store,
    client,
    shell,
    list,
    detail,
    account,
    missed,
    compare,
    timeline,
    runs,
    activity,
    saveSettings,
    reload: mirror.reload,
    toast,
    attempt,
    looked() {
      news.looked();
      if (store.getState().view.unseenFailed > 0) setView(store, { unseenFailed: 0 });
    },
    stop() {
      unwatch();
      unlisten();
      news.stop();
      mirror.stop();
      list.stop();
      timeline.stop();
      runs.stop();
      activity.stop();
    },
  };
}

const ACCOUNT_EVENTS: ReadonlySet<EventEnvelope["name"]> = new Set([
  "webhooks.changed",
  "registration.changed",
  "api.changed",
]);

/** The file is written anew once all there was is erased; what comes in after that is new. */
function isErased(event: EventEnvelope): boolean {
  return event.name === "erase.progressed" && event.payload.step === "file";
}

function isFailedArrival(event: EventEnvelope): boolean {
  if (event.name !== "delivery.received") return false;
  return event.payload.verification.state === "failed" && hasArrived(event.payload);
}

/** The delivery that the selected one repeats, or itself: what repeats it as well is told of beside it. */
function firstTry({ detail, view }: AppState): string | null {
  const isKnown = detail.kind === "ready" && detail.value.id === view.selectedId;
  return isKnown ? (detail.value.duplicateOf ?? detail.value.id) : view.selectedId;
}

function concerns(event: EventEnvelope, id: string, firstId: string | null): boolean {
  switch (event.name) {
    case "delivery.received":
      return event.payload.duplicateOf === firstId;
    case "delivery.updated":
      return event.payload.id === id || event.payload.id === firstId || event.payload.duplicateOf === firstId;
    case "attempt.updated":
      return event.payload.deliveryId === id;
    case "run.progressed":
      return event.payload.hasMore || event.payload.attempts.some(({ deliveryId }) => deliveryId === id);
    case "delivery.removed":
      return event.payload.ids === null || event.payload.ids.includes(id);
    default:
      return false;
  }
}
