import "./theme/theme.css";
import { createRoot } from "react-dom/client";
import { followKeys } from "./actions/keymap.ts";
import { ACTIONS } from "./actions/registry.ts";
import { runFromMenu } from "./actions/run-from-menu.ts";
import { AppWindow } from "./app.tsx";
import { AppContext } from "./app-context.ts";
import { chooseConnection } from "./client/choose-connection.ts";
import { createApp } from "./create-app.ts";
import { NoToken } from "./features/onboarding/no-token.tsx";
import { PartNotLoaded } from "./lazy-part.tsx";
import { followAttention, isLookedAt } from "./state/follow-attention.ts";
import { followHash } from "./state/follow-hash.ts";
import { parseHash } from "./state/hash.ts";
import type { AppStore } from "./state/store.ts";
import { followTheme } from "./theme/follow-theme.ts";
import { cspNonce } from "./ui/csp-nonce.ts";

/** A window in the background draws no frames, but its list must not grow stale. */
const MAX_WAIT_MS = 500;
/** To draw the empty window first and its list a moment later costs more time than it hides. */
const MAX_BLANK_MS = 150;

/** Brings the page to life: finds the engine, makes the app, and draws it. */
export function start(window: Window): void {
  shareNonce();
  const element = window.document.getElementById("root");
  if (element === null) throw new Error("index.html has no #root.");
  // A part that could not be fetched is no fault of the page, and it is told where it is missing.
  const root = createRoot(element, {
    onCaughtError(error) {
      if (!(error instanceof PartNotLoaded)) window.reportError(error);
    },
  });

  const way = chooseConnection(window);
  if (way === null) {
    root.render(<NoToken />);
    return;
  }

  const place = parseHash(window.location.hash);
  const app = createApp({
    ...way,
    place,
    schedule: (flush) => schedule(window, flush),
    isHidden: () => window.document.hidden,
    isLookedAt: () => isLookedAt(window.document),
  });
  followHash(window, app.store);
  followAttention(window, app);
  followTheme(window.document.documentElement, app.store);
  followKeys(window, ACTIONS, app);
  app.shell.onAction((id) => runFromMenu(app, id));
  const draw = (): void =>
    root.render(
      <AppContext value={app}>
        <AppWindow />
      </AppContext>,
    );
  onceLoaded(app.store, MAX_BLANK_MS, draw);
}

/** When everything is loaded, or at `maxMs`: an engine beside the window mostly answers before its words could be read. */
function onceLoaded(store: AppStore, maxMs: number, draw: () => void): void {
  const go = (): void => {
    unwatch();
    clearTimeout(timer);
    draw();
  };
  const unwatch = store.subscribe(({ mirror }) => mirror !== null && go());
  const timer = setTimeout(go, maxMs);
}

/** Gives this load's nonce to the libraries that add `<style>` elements (react-remove-scroll asks for it by this name). */
function shareNonce(): void {
  const nonce = cspNonce();
  if (nonce !== undefined) Object.assign(globalThis, { __webpack_nonce__: nonce });
}

/** Once, at the next frame or after half a second, whichever comes first. */
function schedule(window: Window, flush: () => void): void {
  const run = (): void => {
    window.cancelAnimationFrame(frame);
    window.clearTimeout(timer);
    flush();
  };
  const frame = window.requestAnimationFrame(run);
  const timer = window.setTimeout(run, MAX_WAIT_MS);
}
