import { BrowserWindow, Notification } from "electron";
import type { Log } from "#core/lib/log.ts";
import { hasArrived } from "#shared/domain/delivery.ts";
import { createNews } from "#shared/news/news.ts";
import { followSettings } from "./follow-settings.ts";
import type { ShownEngine } from "./shown-engine.ts";

export interface DesktopNewsDeps {
  /** Brings a window to the front; with an id, it shows that delivery. */
  show(deliveryId?: string): void;
  /** Writes a number on the app's icon; 0 takes it away. */
  setBadge(count: number): void;
  readonly log: Log;
}

export interface DesktopNews extends Disposable {
  /** Somebody looks at the window. */
  looked(): void;
}

/**
 * Tells the desktop what the user wants to hear of while nobody looks at the window, and counts the failed signatures of
 * that time on the app's icon. Here and not in the page: a window that is hidden may be asleep.
 */
export function tellDesktop(engine: ShownEngine, { show, setBadge, log }: DesktopNewsDeps): DesktopNews {
  let { notifyOn } = engine.settings;
  let failed = 0;
  const news = createNews({
    isLookedAt: isWatched,
    rule: () => notifyOn,
    tell({ title, body, deliveryId }) {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      notification.on("click", () => show(deliveryId));
      notification.show();
    },
  });

  const settings = followSettings(engine, log, (values) => {
    notifyOn = values.notifyOn;
  });
  const unsubscribe = engine.client.subscribe((event) => {
    news.followEvent(event);
    if (event.name === "tunnel.changed") news.followTunnel(event.payload);
    if (event.name !== "delivery.received" || isWatched()) return;
    if (event.payload.verification.state === "failed" && hasArrived(event.payload)) {
      failed += 1;
      setBadge(failed);
    }
  });

  return {
    looked() {
      news.looked();
      if (failed > 0) setBadge(0);
      failed = 0;
    },
    [Symbol.dispose]() {
      settings[Symbol.dispose]();
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
