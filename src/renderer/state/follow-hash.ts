import { hasToken } from "../client/token.ts";
import { formatHash, parseHash } from "./hash.ts";
import { type AppStore, setView } from "./store.ts";

/** Keeps the address and the view the same: Back goes to the area before, and a pasted link leads where it says. */
export function followHash(window: Window, store: AppStore): () => void {
  const write = (): void => {
    const { view } = store.getState();
    const hash = formatHash(view);
    if (hash === window.location.hash) return;
    // Another area, another subject of the timeline or another run is a step that Back undoes; moving through the list is not.
    const before = parseHash(window.location.hash);
    const isStep =
      before.area !== view.area ||
      (view.area === "timeline" && before.subject !== view.subject) ||
      (view.area === "replays" && before.runId !== view.runId);
    if (isStep) window.history.pushState(null, "", hash);
    else window.history.replaceState(null, "", hash);
  };
  const read = (): void => {
    // The address of an engine that was started anew, pasted into the tab of the one before: the page begins with its key.
    if (hasToken(window.location.hash)) {
      window.location.reload();
      return;
    }
    const place = parseHash(window.location.hash);
    const { area, section, subject, runId, selectedId } = place;
    // The address of another area says nothing of the list, which is then found again as it was left.
    if (area === "deliveries") setView(store, { ...place, isDetailOpen: selectedId !== null });
    else
      setView(store, { area, section, ...(area === "timeline" && { subject }), ...(area === "replays" && { runId }) });
  };
  window.addEventListener("hashchange", read);
  const unsubscribe = store.subscribe((state, before) => {
    if (state.view !== before.view) write();
  });
  return () => {
    window.removeEventListener("hashchange", read);
    unsubscribe();
  };
}
