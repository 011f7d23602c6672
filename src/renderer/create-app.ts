import { createClient } from "#shared/contract/client.ts";
import type { EventEnvelope } from "#shared/contract/types.ts";
import { createPathNews } from "#shared/path-news.ts";
import type { App } from "./app-context.ts";
import type { Connection } from "./client/connection.ts";
import type { Shell } from "./client/shell.ts";
import { toMessage } from "./client/to-message.ts";
import { createAccountLoader } from "./state/account-loader.ts";
import { createActivityLoader } from "./state/activity-loader.ts";
import type { AppState, EngineMirror } from "./state/app-state.ts";
import { createCompareLoader } from "./state/compare-loader.ts";
import { connect } from "./state/connect.ts";
import { createDetailLoader, needsBody } from "./state/detail-loader.ts";
import type { Place } from "./state/hash.ts";
import { createListLoader } from "./state/list-loader.ts";
import { createMissedLoader } from "./state/missed-loader.ts";
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
}

/** Puts the window's parts together. What is looked at is loaded from here, so that components never fetch. */
export function createApp({ connection, shell, place, schedule, isHidden }: AppDeps): App {
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
  const activity = createActivityLoader({ client, store });

  const onApplied = (events: readonly EventEnvelope[] | null, before: EngineMirror | null): void => {
    const state = store.getState();
    const { selectedId, area, filter } = state.view;
    if (selectedId !== null && (events === null || events.some((event) => concerns(event, selectedId)))) {
      attempt(detail.refresh);
    }
    if (filter !== "" && events?.some(({ name }) => name === "delivery.received")) list.refreshSoon();
    list.trim();
    if (events !== null) missed.follow(events);
    timeline.follow(events);
    if (events === null || before === null) attempt(activity.reload);
    else activity.follow(events, before);
    const isAccountChanged = events === null || events.some(({ name }) => ACCOUNT_EVENTS.has(name));
    if (isAccountChanged && area === "webhooks") attempt(account.refreshWebhooks);
    if (isAccountChanged && area === "settings") attempt(account.refreshSecrets);
    const isTunnelChanged = events === null || events.some(({ name }) => name === "tunnel.changed");
    if (isTunnelChanged && area === "connection") attempt(account.refreshTransitions);
  };

  const mirror = connect({ client, connection, store, schedule, onApplied });

  const pathNews = createPathNews((news) => {
    if (isHidden()) shell.notify(news);
  });

  /** Looking elsewhere loads what is to be seen there. */
  const unwatch = store.subscribe((state: AppState, before: AppState) => {
    if (state.mirror === null) return;
    if (state.mirror.tunnel !== before.mirror?.tunnel) pathNews.follow(state.mirror.tunnel);
    const { activityRange } = state.mirror.settings.values;
    if (before.mirror !== null && activityRange !== before.mirror.settings.values.activityRange)
      attempt(activity.reload);
    if (state.view.selectedId !== before.view.selectedId) attempt(detail.refresh);
    if (state.view.filter !== before.view.filter) list.refreshSoon();
    const { dialog } = state.view;
    if (dialog !== before.view.dialog) {
      if (dialog?.kind === "missed") attempt(() => missed.search(dialog.gap));
      else if (before.view.dialog?.kind === "missed") attempt(missed.close);
      if (dialog?.kind === "compare") attempt(() => compare.open(dialog.before, dialog.after));
      else if (before.view.dialog?.kind === "compare") compare.close();
    }
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
    activity,
    reload: mirror.reload,
    toast,
    attempt,
    stop() {
      unwatch();
      pathNews.stop();
      mirror.stop();
      list.stop();
      timeline.stop();
      activity.stop();
    },
  };
}

const ACCOUNT_EVENTS: ReadonlySet<EventEnvelope["name"]> = new Set([
  "webhooks.changed",
  "registration.changed",
  "api.changed",
]);

function concerns(event: EventEnvelope, id: string): boolean {
  switch (event.name) {
    case "delivery.updated":
      return event.payload.id === id;
    case "attempt.updated":
      return event.payload.deliveryId === id;
    case "delivery.removed":
      return event.payload.ids === null || event.payload.ids.includes(id);
    default:
      return false;
  }
}
