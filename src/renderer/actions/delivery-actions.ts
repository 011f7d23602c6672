import type { Attempt } from "#shared/domain/attempt.ts";
import { AppError } from "#shared/errors.ts";
import type { App } from "../app-context.ts";
import { fromBase64 } from "../client/base64.ts";
import { toMessage } from "../client/to-message.ts";
import { deliveriesOf, selectedIndex } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { formatBytes, formatMs } from "../theme/format.ts";
import { type Action, hasSelection } from "./action.ts";

/** More than a clipboard should be asked to hold without a question. */
const MAX_COPIED_BYTES = 16 * 1024 * 1024;

export const DELIVERY_ACTIONS: readonly Action[] = [
  {
    id: "delivery.replay",
    label: "Replay delivery",
    keys: ["r"],
    hint: ["r", "replay"],
    when: hasSelection,
    run: (app) => app.attempt(() => replaySelected(app)),
  },
  {
    id: "delivery.copyPayload",
    label: "Copy payload",
    keys: ["c"],
    when: hasSelection,
    run: (app) => app.attempt(() => copyPayload(app)),
  },
  {
    id: "delivery.pin",
    label: "Pin or unpin",
    keys: ["p"],
    when: hasSelection,
    run: (app) => app.attempt(() => pin(app)),
  },
  {
    id: "delivery.delete",
    label: "Delete delivery",
    keys: ["Delete"],
    when: hasSelection,
    run: (app) => app.attempt(() => deleteSelected(app)),
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

async function pin(app: App): Promise<void> {
  const state = app.store.getState();
  const id = state.view.selectedId;
  if (id === null) return;
  const isPinned = state.detail.kind === "ready" && state.detail.value.id === id && state.detail.value.pinned;
  await app.client.call("deliveries.pin", { id, pinned: !isPinned });
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
