import type { App } from "../app-context.ts";

const TITLE = "api.video Webhook Inspector";

/** Shows in the title, and on what stands for the page elsewhere, how many signatures failed since it was last looked at. */
export function followAttention(window: Window, app: App): () => void {
  const { document } = window;
  const write = (count: number): void => {
    document.title = count === 0 ? TITLE : `(${count}) ${TITLE}`;
    app.shell.setBadge(count);
  };
  const look = (): void => {
    if (isLookedAt(document)) app.looked();
  };
  write(app.store.getState().view.unseenFailed);
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  const unsubscribe = app.store.subscribe(({ view }, before) => {
    if (view.unseenFailed !== before.view.unseenFailed) write(view.unseenFailed);
  });
  return () => {
    window.removeEventListener("focus", look);
    document.removeEventListener("visibilitychange", look);
    unsubscribe();
  };
}

/** Somebody has the page before them and works in it. */
export function isLookedAt(document: Document): boolean {
  return !document.hidden && document.hasFocus();
}
