import { BrowserWindow, Notification } from "electron";
import type { Engine } from "#core/engine.ts";
import { createPathNews } from "#shared/path-news.ts";
import { focusWindow } from "./window.ts";

/** Tells the desktop that webhooks do not get through, or do again, while nobody looks at the window. */
export function notifyOfPath(engine: Engine): Disposable {
  const news = createPathNews((told) => {
    if (isWatched() || !Notification.isSupported()) return;
    const notification = new Notification(told);
    notification.on("click", () => focusWindow());
    notification.show();
  });
  const unsubscribe = engine.events.subscribe((event) => {
    if (event.name === "tunnel.changed") news.follow(event.payload);
  });
  return {
    [Symbol.dispose]() {
      unsubscribe();
      news.stop();
    },
  };
}

function isWatched(): boolean {
  return BrowserWindow.getAllWindows().some(
    (window) => window.isVisible() && !window.isMinimized() && window.isFocused(),
  );
}
