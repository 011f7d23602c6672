import type { Client, CommandInput, EventEnvelope } from "#shared/contract/types.ts";
import type { DeliveryList } from "./app-state.ts";
import { applyEvent } from "./apply-event.ts";
import { type ListPage, waitingIn, windowOn, withoutWaiting } from "./list-window.ts";
import type { AppStore } from "./store.ts";

export interface Move {
  readonly query: string;
  /** Null where the window is to stay. */
  load(): Promise<ListPage | null>;
  /** Which delivery of the page is to be scrolled to. */
  readonly want?: (page: ListPage) => string | undefined;
  /** All of it, with what waits while the list stands still. */
  readonly isAnew?: true;
  readonly onFailed?: (error: unknown) => void;
}

/** Puts the list's window somewhere else, one move at a time: the last one that was asked for wins. */
export interface ListMoves {
  ask(input: CommandInput<"deliveries.list">): Promise<ListPage>;
  /** A page from the `skip`th on, not counting those that wait while the list stands still. */
  askAt(query: string, skip: number, limit: number): Promise<ListPage>;
  /** False where another move overtook this one. */
  move(move: Move): Promise<boolean>;
  /** Takes note of events that were applied: a page on its way may know nothing of them. */
  note(events: readonly EventEnvelope[]): void;
  /** Nothing that is on its way is wanted any more. */
  cancel(): void;
  /** Which move is the last one; another one after each. */
  current(): number;
  /** Has a delivery scrolled to. */
  want(id: string): void;
  /** The delivery that is to be scrolled to once it is there; asked for once. */
  takeWanted(isThere: (id: string) => boolean): string | null;
}

export function createListMoves(client: Client, store: AppStore, onError: (error: unknown) => void): ListMoves {
  let moves = 0;
  let wanted: string | null = null;
  /** What was applied since the page that is on its way was asked for; null while none is. */
  let came: EventEnvelope[] | null = null;

  const listNow = (): DeliveryList | null => store.getState().mirror?.list ?? null;
  const ask = (input: CommandInput<"deliveries.list">): Promise<ListPage> => client.call("deliveries.list", input);

  /** Puts the window on a page, with what was applied since the engine answered, of which the page knows nothing. */
  const show = (page: ListPage, query: string, isAnew: boolean): void => {
    store.setState(({ mirror }) => {
      if (mirror === null) return {};
      const { list: now } = mirror;
      const shownPage = isAnew ? page : withoutWaiting(page, waitingIn(page, now));
      // The user asked for a list that is loaded anew, and it stands still as the last one did.
      const start = { ...windowOn(shownPage, query, now), ...(now.paused && { paused: { arrived: 0 } }) };
      const later = (came ?? []).filter(({ seq }) => seq > page.seq);
      const { list } = later.reduce(applyEvent, { ...mirror, list: start });
      // What the window before counted, it counted once.
      const arrivals = query === "" && now.query === "" ? now.arrivals : list.arrivals;
      const paused = isAnew || now.paused === undefined ? {} : { paused: now.paused };
      return { mirror: { ...mirror, list: { ...list, arrivals, ...paused } } };
    });
  };

  return {
    ask,
    async askAt(query, skip, limit) {
      const page = await ask({ query, skip, limit });
      const waiting = waitingIn(page, listNow());
      return waiting === 0 ? page : ask({ query, skip: skip + waiting, limit });
    },
    async move({ query, load, want, isAnew = false, onFailed = onError }) {
      moves += 1;
      wanted = null;
      came = [];
      const mine = moves;
      try {
        const page = await load();
        if (mine !== moves) return false;
        if (page !== null) {
          wanted = want?.(page) ?? null;
          show(page, query, isAnew);
        }
      } catch (error) {
        if (mine !== moves) return false;
        onFailed(error);
      }
      came = null;
      return true;
    },
    note(events) {
      came?.push(...events);
    },
    cancel() {
      moves += 1;
      came = null;
    },
    current: () => moves,
    want(id) {
      wanted = id;
    },
    takeWanted(isThere) {
      if (wanted === null || !isThere(wanted)) return null;
      const id = wanted;
      wanted = null;
      return id;
    },
  };
}
