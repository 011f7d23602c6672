import type { Attempt } from "#shared/domain/attempt.ts";
import { AppError } from "#shared/errors.ts";
import { menuAction } from "#shared/menu-actions.ts";
import { readUtf8 } from "#shared/utf8.ts";
import type { App } from "../app-context.ts";
import { fromBase64 } from "../client/base64.ts";
import { toMessage } from "../client/to-message.ts";
import type { AppState, Toast } from "../state/app-state.ts";
import { deliveriesOf, isHeld, shownIds, targetIds, withRepeats } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { formatBytes, formatMs, formatPlural } from "../theme/format.ts";
import { type Action, hasSelection, hasTargets } from "./action.ts";
import { allowHost } from "./allow-host.ts";
import { openMenuAtRow } from "./delivery-menu.ts";
import { forwardHeld } from "./hold-actions.ts";
import { focusRegion, keepFocus } from "./regions.ts";
import { saveFixtures } from "./save-fixture.ts";
import { savePayload } from "./save-payload.ts";

/** More than a clipboard should be asked to hold without a question. */
const MAX_COPIED_BYTES = 16 * 1024 * 1024;

export const DELIVERY_ACTIONS: readonly Action[] = [
  {
    ...menuAction("delivery.replay"),
    needsEngine: true,
    labelNow: (state) => (isHeld(state, state.view.selectedId) ? "Forward the held delivery" : "Replay delivery"),
    hint: ["r", "replay"],
    keywords: "send again resend forward target server",
    when: hasSelection,
    run: (app) => app.attempt(() => replaySelected(app)),
  },
  {
    ...menuAction("delivery.edit"),
    needsEngine: true,
    keywords: "change sign again re-sign resign signature header body replay",
    when: hasSelection,
    run: (app) => openEditor(app),
  },
  {
    ...menuAction("delivery.copyPayload"),
    needsEngine: true,
    keywords: "body json clipboard",
    when: hasSelection,
    run: (app) => app.attempt(() => copyPayload(app)),
  },
  {
    id: "delivery.savePayload",
    needsEngine: true,
    label: "Save payload to a file",
    keys: [],
    keywords: "download export body",
    when: hasSelection,
    run: (app) => app.attempt(() => savePayload(app)),
  },
  {
    id: "delivery.saveFixture",
    needsEngine: true,
    label: "Save as a fixture",
    labelNow: ({ view }) => (view.markedIds.size > 1 ? "Save the marked deliveries as fixtures" : "Save as a fixture"),
    keys: [],
    keywords: "export test ci json redact file",
    when: hasTargets,
    run: (app) => app.attempt(() => saveFixtures(app)),
  },
  {
    ...menuAction("delivery.pin"),
    needsEngine: true,
    labelNow: (state) => {
      const verb = areTargetsPinned(state) ? "Unpin" : "Pin";
      return state.view.markedIds.size > 0 ? `${verb} the marked deliveries` : `${verb} delivery`;
    },
    keywords: "keep star favourite",
    when: hasTargets,
    run: (app) => app.attempt(() => pin(app)),
  },
  {
    ...menuAction("delivery.delete"),
    needsEngine: true,
    labelNow: ({ view }) => (view.markedIds.size > 0 ? "Delete the marked deliveries" : "Delete delivery"),
    keywords: "remove erase",
    isDangerous: true,
    when: hasTargets,
    run: (app) => app.attempt(() => deleteTargets(app)),
  },
  {
    id: "delivery.note",
    needsEngine: true,
    label: "Write a note",
    keys: ["n"],
    keywords: "comment annotate",
    when: hasSelection,
    run: (app) => writeNote(app, app.store.getState().view.selectedId),
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

function openEditor(app: App): void {
  const id = app.store.getState().view.selectedId;
  if (id !== null) setView(app.store, { dialog: { kind: "edit", id } });
}

async function replaySelected(app: App): Promise<void> {
  const id = app.store.getState().view.selectedId;
  if (id === null) return;
  if (isHeld(app.store.getState(), id)) return forwardHeld(app, id);
  const { replayingIds } = app.store.getState().view;
  if (replayingIds.includes(id)) return;
  setView(app.store, { replayingIds: [...replayingIds, id], tab: "attempts" });
  try {
    const attempt = await app.client.call("replay.send", { id });
    if (attempt.outcome.kind === "answered") app.toast(`Replayed: ${outcomeWords(attempt)}`);
    else app.toast(`Not delivered: ${outcomeWords(attempt)}`, { tone: "bad" });
    if (app.store.getState().view.selectedId === id) await app.detail.refresh();
  } catch (error) {
    app.toast(toMessage(error), { tone: "bad", ...targetRemedy(app, error) });
  } finally {
    setView(app.store, { replayingIds: app.store.getState().view.replayingIds.filter((other) => other !== id) });
  }
}

function targetRemedy(app: App, error: unknown): Pick<Toast, "action"> {
  if (!(error instanceof AppError) || !error.code.startsWith("replay.")) return {};
  const host = error.details["allow"];
  if (typeof host === "string") {
    return {
      action: { label: `Allow ${host}`, needsEngine: true, run: () => app.attempt(() => allowHost(app, host)) },
    };
  }
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
  const text = readUtf8(bytes);
  if (text === null) {
    return app.toast("The payload is not text (not UTF-8), so it cannot be copied as text.", { tone: "bad" });
  }
  await app.shell.copyText(text);
  app.toast(`Payload copied, ${formatBytes(totalBytes)}.`);
}

async function copyId(app: App): Promise<void> {
  const id = app.store.getState().view.selectedId;
  if (id === null) return;
  await app.shell.copyText(id);
  app.toast("Delivery id copied.");
}

/** How many calls are under way at a time: a thousand at once would hold up what arrives. */
const CALLS_AT_ONCE = 8;

/** Pins all of them, or lets go of them where all are pinned as far as is known. */
async function pin(app: App): Promise<void> {
  const state = app.store.getState();
  const ids = targetIds(state);
  const pinned = !areTargetsPinned(state);
  const rest = [...ids];
  const work = async (): Promise<void> => {
    for (let id = rest.pop(); id !== undefined; id = rest.pop())
      await app.client.call("deliveries.pin", { id, pinned });
  };
  await Promise.all(Array.from({ length: Math.min(CALLS_AT_ONCE, ids.length) }, work));
  if (ids.length > 1)
    app.toast(`${formatPlural(ids.length, "delivery", "deliveries")} ${pinned ? "pinned" : "unpinned"}.`);
}

/** For a link from one delivery to another, which goes with the one that it stands in. */
export function showInDetail(app: App, id: string): void {
  setView(app.store, { selectedId: id });
  focusRegion("detail");
}

function writeNote(app: App, id: string | null): void {
  if (id === null) return;
  const { noting } = app.store.getState().view;
  // What was begun goes on.
  const text = noting?.id === id ? noting.text : null;
  setView(app.store, { noting: { id, text }, isDetailOpen: true, isDetailHidden: false });
}

/** By the list, which hears of a change first; by the detail where the list does not hold the delivery. */
function areTargetsPinned(state: AppState): boolean {
  const ids = targetIds(state);
  const known = new Map(deliveriesOf(state).map(({ id, pinned }) => [id, pinned]));
  const { detail } = state;
  if (detail.kind === "ready" && !known.has(detail.value.id)) known.set(detail.value.id, detail.value.pinned);
  return ids.length > 0 && ids.every((id) => known.get(id) === true);
}

async function deleteTargets(app: App): Promise<void> {
  const state = app.store.getState();
  const ids = withRepeats(state, targetIds(state));
  const { selectedId, markedIds } = state.view;
  await app.client.call("deliveries.delete", { ids: [...ids] });
  const gone = new Set(ids);
  // The user may have gone on while the answer was on its way.
  const now = app.store.getState().view;
  if (selectedId !== null && selectedId === now.selectedId && gone.has(selectedId)) {
    selectNeighbour(app, shownIds(state), selectedId, gone);
  }
  setView(app.store, { markedIds: new Set([...now.markedIds].filter((id) => !gone.has(id))), markAnchorId: null });
  const words =
    ids.length === 1 ? "Delivery deleted." : `${formatPlural(ids.length, "delivery", "deliveries")} deleted.`;
  app.toast(words, {
    action: {
      label: "Undo",
      needsEngine: true,
      run: () => app.attempt(() => restore(app, ids, selectedId, markedIds)),
    },
  });
  keepFocus();
}

/** The next one that stays, or the one before; without any, nothing is selected. */
function selectNeighbour(app: App, shown: readonly string[], selectedId: string, gone: ReadonlySet<string>): void {
  const index = shown.indexOf(selectedId);
  const stays = (id: string): boolean => !gone.has(id);
  const next = index === -1 ? undefined : (shown.slice(index).find(stays) ?? shown.slice(0, index).findLast(stays));
  setView(app.store, { selectedId: next ?? null, ...(next === undefined && { isDetailOpen: false }) });
}

/** Everything as it was before the deletion: the deliveries, what was selected, and what was marked. */
async function restore(
  app: App,
  ids: readonly string[],
  selectedId: string | null,
  markedIds: ReadonlySet<string>,
): Promise<void> {
  await app.client.call("deliveries.restore", { ids: [...ids] });
  await app.list.refresh();
  setView(app.store, { selectedId, markedIds });
  // The message that offered it keeps the focus when it goes.
  focusRegion("list");
  keepFocus();
}
