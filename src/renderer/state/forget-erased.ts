import { type DeliveryList, initialState } from "./app-state.ts";
import { START } from "./hash.ts";
import type { AppStore } from "./store.ts";

/** Once everything is erased, nothing in any window may tell of it: each is as at its first start, and where it was. */
export function forgetErased(store: AppStore): void {
  store.setState(({ connection, activity, mirror, view: { area, section, dialog, toasts } }) => {
    const fresh = initialState({ ...START, area, section });
    return {
      ...fresh,
      connection,
      // These two are on their way from the engine anyway.
      activity,
      mirror: mirror && { ...mirror, list: unpaused(mirror.list) },
      view: { ...fresh.view, toasts, dialog: dialog?.kind === "erase" ? dialog : null },
    };
  });
}

function unpaused({ paused: _, ...list }: DeliveryList): DeliveryList {
  return list;
}
