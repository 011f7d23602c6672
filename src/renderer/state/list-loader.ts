import type { Client } from "#shared/contract/types.ts";
import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { DeliveryList } from "./app-state.ts";
import type { AppStore } from "./store.ts";

const PAGE = 200;
const MAX_PAGE = 500;
/** A window left open for days must not collect every delivery of them. */
const MAX_ROWS = 5_000;
const ROWS_AFTER_TRIM = 1_000;
/** A pause in typing, or in a burst of arrivals, after which a filtered list is asked for again. */
const SETTLE_MS = 150;

export interface ListLoader {
  /** Adds the next older page; does nothing while one is on its way or when all is loaded. */
  loadMore(): Promise<void>;
  /** Loads the list for the present filter again, soon; a burst of calls costs one load. */
  refreshSoon(): void;
  /** Lets go of old rows once many have come while the user watched the top; scrolling brings them back. */
  trim(): void;
  stop(): void;
}

export interface ListLoaderDeps {
  readonly client: Client;
  readonly store: AppStore;
  onError(error: unknown): void;
}

/** Loads the newest deliveries that match `query`: one page, or `atLeast` rows up to the most one call gives. */
export async function loadFirstPage(client: Client, query: string, atLeast = PAGE): Promise<DeliveryList> {
  const limit = Math.min(Math.max(atLeast, PAGE), MAX_PAGE);
  const { items, before, total } = await client.call("deliveries.list", { query, limit });
  return { query, items, before, total };
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
  let pagingFrom: string | null = null;

  const setList = (list: DeliveryList): void => {
    store.setState(({ mirror }) => (mirror === null ? {} : { mirror: { ...mirror, list } }));
  };

  const refresh = async (): Promise<void> => {
    timer = undefined;
    refreshes += 1;
    const mine = refreshes;
    const { mirror, view } = store.getState();
    if (mirror === null) return;
    // The user asked for this list, and it stands still as the last one did.
    const paused = mirror.list.paused && { paused: { arrived: 0 } };
    const rows = mirror.list.query === view.filter ? mirror.list.items.length : 0;
    try {
      const list = await loadFirstPage(client, view.filter, rows);
      if (mine === refreshes) setList({ ...list, ...paused });
    } catch (error) {
      if (mine === refreshes) onError(error);
    }
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
    refreshSoon() {
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), SETTLE_MS);
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
