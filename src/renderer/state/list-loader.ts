import type { Client, CommandInput, EventEnvelope } from "#shared/contract/types.ts";
import { toMessage } from "../client/to-message.ts";
import { isGone } from "./after-failure.ts";
import type { DeliveryList } from "./app-state.ts";
import { createListMoves } from "./list-moves.ts";
import { createRefresher } from "./list-refresh.ts";
import {
  indexOf,
  isSameEdge,
  type ListPage,
  trimWindow,
  waitingIn,
  windowOn,
  withNewer,
  withOlder,
  withoutWaiting,
} from "./list-window.ts";
import { queryToApply } from "./selectors.ts";
import type { AppStore } from "./store.ts";

const PAGE = 200;
/** What is shown first: enough for the largest screen, and little to read before it is drawn. */
const FIRST_PAGE = 100;
/** What is loaded around a place that was jumped to. */
const AROUND = 400;

/** After these, other deliveries than before may match a filter. */
const MATCH_EVENTS: ReadonlySet<EventEnvelope["name"]> = new Set([
  "delivery.received",
  "delivery.updated",
  "attempt.updated",
  "run.progressed",
]);

/** The first delivery in sight, and how far it is scrolled under the edge. */
export interface Sight {
  readonly id: string;
  readonly offsetPx: number;
}

/** A list, and the number of the last event that it surely knows of. */
export interface LoadedList {
  readonly list: DeliveryList;
  readonly seq: number;
}

export interface ListLoader {
  /** Adds the next older or newer page; does nothing while one is on its way or when there is none. */
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  /** Moves the window to the newest or oldest deliveries, or so that the `index`th of all is in it. */
  showNewest(): Promise<void>;
  showOldest(): Promise<void>;
  showAt(index: number): Promise<void>;
  /** Moves the window to a delivery that is not in it, if the present filter shows it, and has it scrolled to. */
  reveal(id: string): Promise<void>;
  /** Takes note of what was applied, null for a load of everything: the list may hold other deliveries after it. */
  follow(events: readonly EventEnvelope[] | null): void;
  /** Loads the list for the present filter, once it has not changed for a moment and if it can be read. */
  followFilter(): void;
  /** Loads the list again, soon and where it is looked at; a burst of calls costs one load. */
  refreshSoon(): void;
  /** The same at once; settled when it is done. */
  refresh(): Promise<void>;
  /** The same for a first load; throws what the client throws. */
  load(): Promise<LoadedList>;
  /** Lets go of rows far from sight; scrolling brings them back. */
  trim(): void;
  /** Notes what is in sight under a filter; null for the top. */
  lookAt(query: string, sight: Sight | null): void;
  sightOf(query: string): Sight | null;
  /** The delivery that is to be scrolled to once it is there; asked for once. */
  takeWanted(isThere: (id: string) => boolean): string | null;
  /** Whether this is another selection than at the last time, to which the list has yet to go. */
  takeSelection(id: string | null): boolean;
  stop(): void;
}

export interface ListLoaderDeps {
  readonly client: Client;
  readonly store: AppStore;
  onError(error: unknown): void;
}

/** Fetches the parts of the list that are looked at, and the list again when the filter or its matches change. */
export function createListLoader(deps: ListLoaderDeps): ListLoader {
  const { client, store } = deps;
  /** Scrolling asks with every turn of the wheel. */
  const onError = (error: unknown): void => {
    if (!isGone(error)) deps.onError(error);
  };
  const moves = createListMoves(client, store, onError);
  const { ask, askAt, move } = moves;
  let isPaging = false;
  const sights = new Map<string, Sight>();
  let takenSelection: string | null = null;

  const listNow = (): DeliveryList | null => store.getState().mirror?.list ?? null;

  const setList = (list: DeliveryList): void => {
    store.setState(({ mirror }) => (mirror === null ? {} : { mirror: { ...mirror, list } }));
  };

  const loadPage = async (query: string): Promise<ListPage> => {
    const { id } = sights.get(query) ?? {};
    if (id !== undefined) return ask({ query, around: id, limit: AROUND });
    const page = await ask({ query, limit: listNow() === null ? FIRST_PAGE : PAGE });
    const { selectedId } = store.getState().view;
    if (listNow() !== null || selectedId === null || indexOf(page.items, selectedId) !== -1) return page;
    // A reload or a pasted link: the list opens where the selected delivery is, unless the filter hides it.
    const around = await ask({ query, around: selectedId, limit: AROUND });
    if (indexOf(around.items, selectedId) === -1) return page;
    moves.want(selectedId);
    return around;
  };

  const refresher = createRefresher(async () => {
    // What is loaded first is loaded for the filter as it is then.
    if (listNow() === null) return true;
    const query = queryToApply(store.getState());
    for (const known of sights.keys()) if (known !== "" && known !== query) sights.delete(known);
    let listError: string | null = null;
    const isDone = await move({
      query,
      load: () => loadPage(query),
      isAnew: true,
      onFailed: (error) => {
        listError = toMessage(error);
      },
    });
    if (isDone) store.setState({ listError });
    return isDone;
  });

  /** Adds a page to an edge of the window, unless the window was moved meanwhile. */
  const extend = async (
    input: Pick<CommandInput<"deliveries.list">, "before" | "after">,
    add: (list: DeliveryList, page: ListPage, missed: number) => DeliveryList,
  ): Promise<void> => {
    const list = listNow();
    if (list === null || isPaging) return;
    isPaging = true;
    const mine = moves.current();
    try {
      const page = await ask({ query: list.query, limit: PAGE, ...input });
      const now = listNow();
      if (now !== null && mine === moves.current() && now.query === list.query && isSameEdge(list, now, input.before)) {
        setList(trimWindow(add(now, page, now.arrivals - list.arrivals), sights.get(now.query)?.id ?? null));
      }
    } catch (error) {
      onError(error);
    } finally {
      isPaging = false;
    }
  };

  return {
    async loadOlder() {
      const before = listNow()?.before ?? null;
      if (before !== null) await extend({ before }, withOlder);
    },
    async loadNewer() {
      const list = listNow();
      const after = list?.items[0]?.id;
      if (list !== null && list.newer > 0 && after !== undefined) await extend({ after }, withNewer);
    },
    async showNewest() {
      const list = listNow();
      if (list === null || list.newer === 0) return;
      const { query } = list;
      sights.delete(query);
      await move({ query, load: () => askAt(query, 0, PAGE), want: ({ items }) => items[0]?.id });
    },
    async showOldest() {
      const list = listNow();
      if (list === null || list.before === null) return;
      const { query, total } = list;
      const load = (): Promise<ListPage> => askAt(query, Math.max(0, total - PAGE), AROUND);
      await move({ query, load, want: ({ items }) => items.at(-1)?.id });
    },
    async showAt(index) {
      const list = listNow();
      if (list === null || isPaging) return;
      isPaging = true;
      const { query } = list;
      const load = async (): Promise<ListPage> => {
        try {
          return await askAt(query, Math.max(0, index - AROUND / 2), AROUND);
        } finally {
          // Before the window moves: who sees it moved may find that one has scrolled on, and ask for the next place.
          isPaging = false;
        }
      };
      await move({ query, load });
    },
    async reveal(id) {
      const list = listNow();
      if (list === null) return;
      const { query } = list;
      const load = async (): Promise<ListPage | null> => {
        const page = await ask({ query, around: id, limit: AROUND });
        const { items } = withoutWaiting(page, waitingIn(page, listNow()));
        return indexOf(items, id) === -1 ? null : page;
      };
      await move({ query, load, want: () => id });
    },
    follow(events) {
      moves.note(events ?? []);
      const state = store.getState();
      if (state.mirror === null) return;
      const { query, paused } = state.mirror.list;
      // The filter was changed while everything was loaded.
      if (events === null && query !== queryToApply(state)) refresher.soon();
      // Which ones stay when all are deleted, only the engine knows.
      if (events?.some((event) => event.name === "delivery.removed" && event.payload.ids === null)) refresher.soon();
      // More rows have changed than the event tells of.
      if (events?.some((event) => event.name === "run.progressed" && event.payload.hasMore)) refresher.soon();
      if (query === "" || paused !== undefined) return;
      if (events?.some(({ name }) => MATCH_EVENTS.has(name))) refresher.soon();
    },
    followFilter: refresher.afterPause,
    refreshSoon: refresher.soon,
    refresh: refresher.now,
    async load() {
      const query = queryToApply(store.getState());
      moves.cancel();
      // Nothing the old window was told of is added: events may have been missed.
      const page = await loadPage(query);
      return { list: windowOn(page, query, listNow()), seq: page.seq };
    },
    trim() {
      const list = listNow();
      if (list === null) return;
      const trimmed = trimWindow(list, sights.get(list.query)?.id ?? null);
      if (trimmed !== list) setList(trimmed);
    },
    lookAt(query, sight) {
      if (sight === null) sights.delete(query);
      else sights.set(query, sight);
    },
    sightOf: (query) => sights.get(query) ?? null,
    takeWanted: moves.takeWanted,
    takeSelection(id) {
      const isNew = id !== takenSelection;
      takenSelection = id;
      return isNew;
    },
    stop: refresher.stop,
  };
}
