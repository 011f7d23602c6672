import type { App } from "../app-context.ts";
import { toMessage } from "../client/to-message.ts";
import type { AppState } from "../state/app-state.ts";
import { isHeld } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { formatPlural } from "../theme/format.ts";
import { type Action, hasSelection, isLoaded } from "./action.ts";
import { keepFocus } from "./regions.ts";

/** Holding deliveries before they are forwarded, until somebody says what is to become of them. */
export const HOLD_ACTIONS: readonly Action[] = [
  {
    id: "hold.set",
    needsEngine: true,
    label: "Hold the next match",
    labelNow: (state) => (isHolding(state) ? "Change what is held" : "Hold the next match"),
    keys: ["h"],
    keywords: "breakpoint pause intercept stop wait forward",
    when: isLoaded,
    run: (app) => setView(app.store, { dialog: { kind: "hold" } }),
  },
  {
    id: "hold.clear",
    needsEngine: true,
    label: "Hold no more",
    keys: [],
    keywords: "breakpoint intercept off",
    when: isHolding,
    run: (app) => app.attempt(() => holdNoMore(app)),
  },
  {
    id: "hold.show",
    label: "Show the delivery that is held longest",
    keys: [],
    keywords: "breakpoint",
    when: hasHeld,
    run: showOldest,
  },
  {
    id: "hold.forwardAll",
    needsEngine: true,
    label: "Forward all that are held",
    keys: [],
    keywords: "breakpoint release resume continue",
    when: hasHeld,
    run: (app) => app.attempt(() => forwardAll(app)),
  },
];

/** What can be done with a held delivery, besides to forward it, which `delivery.replay` does. */
export const HELD_ACTIONS: readonly Action[] = [
  {
    id: "held.drop",
    needsEngine: true,
    label: "Drop the held delivery",
    keys: [],
    keywords: "breakpoint discard",
    when: (state) => hasSelection(state) && isHeld(state, state.view.selectedId),
    run: (app) => app.attempt(() => dropSelected(app)),
  },
];

function isHolding({ mirror }: AppState): boolean {
  return mirror !== null && mirror.hold.rule !== null;
}

function hasHeld({ mirror }: AppState): boolean {
  return mirror !== null && mirror.hold.held.length > 0;
}

async function holdNoMore(app: App): Promise<void> {
  await app.client.call("hold.clear", {});
  // What offered it goes with it.
  keepFocus();
}

function showOldest(app: App): void {
  const oldest = app.store.getState().mirror?.hold.held[0];
  if (oldest === undefined) return;
  setView(app.store, { area: "deliveries", selectedId: oldest.deliveryId, isDetailOpen: true, isDetailHidden: false });
  keepFocus();
}

/** One after the other, oldest first; where one cannot be sent, the others stay held too. */
async function forwardAll(app: App): Promise<void> {
  const held = app.store.getState().mirror?.hold.held ?? [];
  for (const { deliveryId } of held) {
    await app.client.call("hold.release", { id: deliveryId, action: "send" });
  }
  keepFocus();
  app.toast(`${formatPlural(held.length, "delivery", "deliveries")} forwarded.`);
  await app.detail.refresh();
}

async function dropSelected(app: App): Promise<void> {
  const id = app.store.getState().view.selectedId;
  if (id === null) return;
  await app.client.call("hold.release", { id, action: "drop" });
  keepFocus();
  app.toast(`${id} is dropped: it is kept, and was not forwarded.`);
}

/** Lets a held delivery go on its way, and shows what came of it. */
export async function forwardHeld(app: App, id: string): Promise<void> {
  const { replayingIds } = app.store.getState().view;
  if (replayingIds.includes(id)) return;
  setView(app.store, { replayingIds: [...replayingIds, id], tab: "attempts" });
  try {
    await app.client.call("hold.release", { id, action: "send" });
    app.toast(`${id} forwarded.`);
    if (app.store.getState().view.selectedId === id) await app.detail.refresh();
  } catch (error) {
    app.toast(toMessage(error), { tone: "bad" });
  } finally {
    setView(app.store, { replayingIds: app.store.getState().view.replayingIds.filter((other) => other !== id) });
  }
}
