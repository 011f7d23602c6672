import type { App } from "../app-context.ts";
import type { DeliveryList, EngineMirror } from "./app-state.ts";
import type { AppStore } from "./store.ts";

/** Stops the list, or lets it go on. The engine never pauses: it receives and forwards, and what came is there afterwards. */
export function togglePause(app: App): void {
  const list = app.store.getState().mirror?.list;
  if (list === undefined) return;
  if (list.paused === undefined) {
    setList(app.store, { ...list, paused: { arrived: 0 } });
    return;
  }
  const { paused, ...rest } = list;
  setList(app.store, rest);
  // What was not put into the list is fetched in one go, with all that changed meanwhile.
  // A filter may have other matches by now without anything having come.
  if (paused.arrived > 0 || rest.query !== "") app.attempt(app.reload);
}

/** A mirror that was loaded anew, with the list left as it was where the user has stopped it. */
export function withPaused(fresh: EngineMirror, before: DeliveryList | undefined): EngineMirror {
  if (before?.paused === undefined || before.query !== fresh.list.query) return fresh;
  // Fewer than before: what stands there was cleared or erased, and must not go on being shown.
  if (fresh.list.total < before.total) return { ...fresh, list: { ...fresh.list, paused: { arrived: 0 } } };
  // How many came in a time without events shows in the total alone.
  const arrived = Math.max(before.paused.arrived, fresh.list.total - before.total);
  return { ...fresh, list: { ...before, paused: { arrived } } };
}

function setList(store: AppStore, list: DeliveryList): void {
  store.setState(({ mirror }) => (mirror === null ? {} : { mirror: { ...mirror, list } }));
}
