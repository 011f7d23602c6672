import type { Client, EventEnvelope } from "#shared/contract/types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { toMessage } from "../client/to-message.ts";
import type { AppState, DeliveryList } from "./app-state.ts";
import { applyEvent } from "./apply-event.ts";
import type { AppStore } from "./store.ts";

const PAGE = 200;
/** A window left open for days must not collect every delivery of them. */
const MAX_ROWS = 5_000;
const ROWS_AFTER_TRIM = 1_000;
/** A pause in typing, or a while after an arrival, after which a filtered list is asked for again. */
const SETTLE_MS = 150;
/** Under a stream of arrivals, a search that takes long is made the more seldom. */
const PAUSE_SHARE = 4;

/** After these, other deliveries than before may match a filter. */
const MATCH_EVENTS: ReadonlySet<EventEnvelope["name"]> = new Set([
  "delivery.received",
  "delivery.updated",
  "attempt.updated",
]);

export interface ListLoader {
  /** Adds the next older page; does nothing while one is on its way or when all is loaded. */
  loadMore(): Promise<void>;
  /** Takes note of events that were applied: after some, a filtered list may hold other deliveries. */
  follow(events: readonly EventEnvelope[]): void;
  /** Loads the list again, soon; a burst of calls costs one load, and a steady stream of them does not put it off. */
  refreshSoon(): void;
  /** Loads the list for the present filter, once it has not changed for a moment and if it can be read. */
  followFilter(): void;
  /** Lets go of old rows once many have come while the user watched the top; scrolling brings them back. */
  trim(): void;
  stop(): void;
}

export interface ListLoaderDeps {
  readonly client: Client;
  readonly store: AppStore;
  onError(error: unknown): void;
}

/** The filter of the view; where that cannot be read, the one that the list answers to. */
export function queryToApply({ mirror, view }: AppState): string {
  return parseQuery(view.filter).errors.length === 0 ? view.filter.trim() : (mirror?.list.query ?? "");
}

/** Loads the newest deliveries that match `query`: one page. */
export async function loadFirstPage(client: Client, query: string): Promise<DeliveryList & { seq: number }> {
  return { query, ...(await client.call("deliveries.list", { query, limit: PAGE })) };
}

/** The first page with the older rows that were loaded before it, so that a refresh leaves them where they are read. */
function withOlder(page: DeliveryList, known: DeliveryList): DeliveryList {
  const last = page.items.at(-1);
  const end = page.query === known.query && last ? known.items.findIndex(({ id }) => id === last.id) : -1;
  const older = end === -1 ? [] : known.items.slice(end + 1);
  return older.length === 0 ? page : { ...page, items: [...page.items, ...older], before: known.before };
}

/** `items` with an older page after them; what a page brings that is there already stays where it is. */
function withPage(items: readonly DeliverySummary[], page: readonly DeliverySummary[]): readonly DeliverySummary[] {
  // The page is small and what is loaded may be a hundred thousand rows: only the page's ids are put into a set.
  const fresh = new Map(page.map((delivery) => [delivery.id, delivery]));
  for (const { id } of items) fresh.delete(id);
  return [...items, ...fresh.values()];
}

/** Fetches pages of the list as they are scrolled to, and the list again when the filter or its matches change. */
export function createListLoader({ client, store, onError }: ListLoaderDeps): ListLoader {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refreshes = 0;
  let isRefreshing = false;
  /** Something changed while a refresh was under way. */
  let isStale = false;
  /** What was applied since it was asked for. */
  let came: EventEnvelope[] = [];
  /** How long the last one took. */
  let tookMs = 0;
  let pagingFrom: string | null = null;

  const setList = (list: DeliveryList): void => {
    store.setState(({ mirror }) => (mirror === null ? {} : { mirror: { ...mirror, list } }));
  };

  const show = ({ seq, ...page }: DeliveryList & { seq: number }): void => {
    store.setState(({ mirror }) => {
      if (mirror === null) return {};
      // The user asked for this list, and it stands still as the last one did.
      const paused = mirror.list.paused && { paused: { arrived: 0 } };
      const shown = { ...mirror, list: { ...withOlder(page, mirror.list), ...paused } };
      // The page knows nothing of what came while it was on its way, and the list before it is gone.
      return { listError: null, mirror: came.filter((event) => event.seq > seq).reduce(applyEvent, shown) };
    });
  };

  const refresh = async (): Promise<void> => {
    timer = undefined;
    refreshes += 1;
    const mine = refreshes;
    const started = performance.now();
    isRefreshing = true;
    came = [];
    try {
      const page = await loadFirstPage(client, queryToApply(store.getState()));
      if (mine === refreshes) show(page);
    } catch (error) {
      if (mine === refreshes) store.setState({ listError: toMessage(error) });
    } finally {
      if (mine === refreshes) {
        isRefreshing = false;
        came = [];
        tookMs = performance.now() - started;
        if (isStale) refreshSoon();
      }
    }
  };

  const refreshSoon = (): void => {
    // While one is under way, the next waits for its end: otherwise each would be overtaken, and none be shown.
    isStale = isRefreshing;
    if (!isRefreshing) timer ??= setTimeout(() => void refresh(), Math.max(SETTLE_MS, PAUSE_SHARE * tookMs));
  };

  return {
    async loadMore() {
      const list = store.getState().mirror?.list;
      if (list === undefined || list.before === null || pagingFrom === list.before) return;
      pagingFrom = list.before;
      try {
        const page = await client.call("deliveries.list", { query: list.query, before: list.before, limit: PAGE });
        const now = store.getState().mirror?.list;
        // A refresh or another filter came between: the page belongs to a list that is no more.
        if (now === undefined || now.query !== list.query || now.before !== list.before) return;
        setList({ ...now, items: withPage(now.items, page.items), before: page.before, total: page.total });
      } catch (error) {
        onError(error);
      } finally {
        pagingFrom = null;
      }
    },
    follow(events) {
      if (isRefreshing) came.push(...events);
      const { mirror } = store.getState();
      if (mirror === null || mirror.list.query === "" || mirror.list.paused !== undefined) return;
      if (events.some(({ name }) => MATCH_EVENTS.has(name))) refreshSoon();
    },
    refreshSoon,
    followFilter() {
      clearTimeout(timer);
      timer = undefined;
      const { mirror } = store.getState();
      if (mirror !== null) timer = setTimeout(() => void refresh(), SETTLE_MS);
    },
    trim() {
      const { mirror, view } = store.getState();
      if (mirror === null || !view.isAtTop || mirror.list.items.length <= MAX_ROWS) return;
      const items = mirror.list.items.slice(0, ROWS_AFTER_TRIM);
      setList({ ...mirror.list, items, before: items.at(-1)?.id ?? null });
    },
    stop: () => clearTimeout(timer),
  };
}
