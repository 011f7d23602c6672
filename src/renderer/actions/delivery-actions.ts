import type { Attempt } from "#shared/domain/attempt.ts";
import { AppError } from "#shared/errors.ts";
import { menuAction } from "#shared/menu-actions.ts";
import type { App } from "../app-context.ts";
import { fromBase64 } from "../client/base64.ts";
import { toMessage } from "../client/to-message.ts";
import type { AppState } from "../state/app-state.ts";
import { deliveriesOf, selectedIndex, selectedSummary } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { formatBytes, formatMs } from "../theme/format.ts";
import { type Action, hasSelection } from "./action.ts";
import { openMenuAtRow } from "./delivery-menu.ts";
import { savePayload } from "./save-payload.ts";

/** More than a clipboard should be asked to hold without a question. */
const MAX_COPIED_BYTES = 16 * 1024 * 1024;

export const DELIVERY_ACTIONS: readonly Action[] = [
  {
    ...menuAction("delivery.replay"),
    hint: ["r", "replay"],
    keywords: "send again resend forward target server",
    when: hasSelection,
    run: (app) => app.attempt(() => replaySelected(app)),
  },
  {
    ...menuAction("delivery.copyPayload"),
    keywords: "body json clipboard",
    when: hasSelection,
    run: (app) => app.attempt(() => copyPayload(app)),
  },
  {
    id: "delivery.savePayload",
    label: "Save payload to a file",
    keys: [],
    keywords: "download export body",
    when: hasSelection,
    run: (app) => app.attempt(() => savePayload(app)),
  },
  {
    ...menuAction("delivery.pin"),
    labelNow: (state) => (isSelectedPinned(state) ? "Unpin delivery" : "Pin delivery"),
    keywords: "keep star favourite",
    when: hasSelection,
    run: (app) => app.attempt(() => pin(app)),
  },
  {
    ...menuAction("delivery.delete"),
    keywords: "remove erase",
    isDangerous: true,
    when: hasSelection,
    run: (app) => app.attempt(() => deleteSelected(app)),
  },
  {
    id: "delivery.copyId",
    label: "Copy delivery id",
    keys: [],
    keywords: "clipboard",
    when: hasSelection,
    run: (app) => app.attempt(() => copyId(app)),
  },
  {
    id: "delivery.menu",
    label: "Menu of the delivery",
    keys: ["Shift+F10", "ContextMenu"],
    scope: "list",
    isKeyOnly: true,
    when: hasSelection,
    run: (app) => openMenuAtRow(app),
  },
];

async function replaySelected(app: App): Promise<void> {
  const id = app.store.getState().view.selectedId;
  if (id === null) return;
  const { replayingIds } = app.store.getState().view;
  if (replayingIds.includes(id)) return;
  setView(app.store, { replayingIds: [...replayingIds, id], tab: "attempts" });
  try {
    const attempt = await app.client.call("replay.send", { id });
    app.toast(`Replayed: ${outcomeWords(attempt)}`);
    if (app.store.getState().view.selectedId === id) await app.detail.refresh();
  } catch (error) {
    app.toast(toMessage(error), { tone: "bad", ...targetRemedy(app, error) });
  } finally {
    setView(app.store, { replayingIds: app.store.getState().view.replayingIds.filter((other) => other !== id) });
  }
}

function targetRemedy(app: App, error: unknown): { action?: { label: string; run: () => void } } {
  if (!(error instanceof AppError) || !error.code.startsWith("replay.")) return {};
  return { action: { label: "Open settings", run: () => setView(app.store, { area: "settings" }) } };
}

function outcomeWords({ outcome, ms }: Attempt): string {
  return outcome.kind === "answered" ? `${outcome.status} in ${formatMs(ms)}` : outcome.message;
}

async function copyPayload(app: App): Promise<void> {
  const id = app.store.getState().view.selectedId;
  if (id === null) return;
  const { base64, totalBytes } = await app.client.call("deliveries.body", { id, length: MAX_COPIED_BYTES });
  const bytes = fromBase64(base64);
  if (bytes.length < totalBytes) return app.toast(`The payload has ${formatBytes(totalBytes)}: too much to copy.`);
  try {
    await app.shell.copyText(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return app.toast("The payload is not text (not UTF-8), so it cannot be copied as text.", { tone: "bad" });
  }
  app.toast(`Payload copied, ${formatBytes(totalBytes)}.`);
}

async function copyId(app: App): Promise<void> {
  const id = app.store.getState().view.selectedId;
  if (id === null) return;
  await app.shell.copyText(id);
  app.toast("Delivery id copied.");
}

async function pin(app: App): Promise<void> {
  const state = app.store.getState();
  const id = state.view.selectedId;
  if (id === null) return;
  await app.client.call("deliveries.pin", { id, pinned: !isSelectedPinned(state) });
}

/** By the list, which hears of a change first; by the detail where the list does not hold the delivery. */
function isSelectedPinned(state: AppState): boolean {
  const summary = selectedSummary(state);
  if (summary !== undefined) return summary.pinned;
  const { detail, view } = state;
  return detail.kind === "ready" && detail.value.id === view.selectedId && detail.value.pinned;
}

async function deleteSelected(app: App): Promise<void> {
  const state = app.store.getState();
  const id = state.view.selectedId;
  if (id === null) return;
  const index = selectedIndex(state);
  const deliveries = deliveriesOf(state);
  const neighbour = index === -1 ? undefined : (deliveries[index + 1] ?? deliveries[index - 1]);
  await app.client.call("deliveries.delete", { ids: [id] });
  setView(app.store, { selectedId: neighbour?.id ?? null, ...(neighbour === undefined && { isDetailOpen: false }) });
  app.toast("Delivery deleted.", { action: { label: "Undo", run: () => app.attempt(() => restore(app, id)) } });
}

async function restore(app: App, id: string): Promise<void> {
  await app.client.call("deliveries.restore", { ids: [id] });
  setView(app.store, { selectedId: id });
  app.list.refreshSoon();
}
