import { EVENT_TYPES, eventFacts } from "#shared/api-video/event-types.ts";
import type { Settings } from "#shared/domain/settings.ts";
import { menuAction } from "#shared/menu-actions.ts";
import type { App } from "../app-context.ts";
import { setView } from "../state/store.ts";
import { type Action, isLoaded } from "./action.ts";
import { PAUSE_ACTION } from "./pause-action.ts";
import { focusAreaWhenThere, focusMessage } from "./regions.ts";

const THEMES: readonly { readonly id: Settings["theme"]; readonly label: string }[] = [
  { id: "system", label: "As the system has it" },
  { id: "dark", label: "Dark" },
  { id: "light", label: "Light" },
];

export const WINDOW_ACTIONS: readonly Action[] = [
  {
    ...menuAction("palette.open"),
    keywords: "palette menu",
    run: (app) => setView(app.store, { dialog: { kind: "palette" } }),
  },
  {
    ...menuAction("event.trigger"),
    needsEngine: true,
    hint: ["t", "trigger"],
    keywords: "simulate simulator test send webhook",
    when: isLoaded,
    run: (app) => setView(app.store, { dialog: { kind: "trigger" } }),
  },
  PAUSE_ACTION,
  {
    id: "event.triggerOne",
    needsEngine: true,
    label: "Trigger one event of a type",
    keys: [],
    keywords: "simulate simulator test send webhook",
    when: isLoaded,
    run: (app) => setView(app.store, { dialog: { kind: "trigger" } }),
    choices: () =>
      EVENT_TYPES.map((type) => ({
        id: type,
        label: eventFacts(type)?.title ?? type,
        detail: type,
        run: (app) => app.attempt(() => triggerOne(app, type)),
      })),
  },
  {
    ...menuAction("deliveries.import"),
    needsEngine: true,
    keywords: "file har jsonl json lines load open upload",
    when: isLoaded,
    run: (app) => setView(app.store, { dialog: { kind: "import", files: [] } }),
  },
  {
    ...menuAction("settings.open"),
    keywords: "preferences options forward target api key events retention theme keys",
    run(app) {
      setView(app.store, { area: "settings" });
      focusAreaWhenThere("settings");
    },
  },
  {
    id: "theme.choose",
    needsEngine: true,
    label: "Choose the theme",
    keys: [],
    keywords: "appearance colours colors dark light system mode",
    when: isLoaded,
    run(app) {
      setView(app.store, { area: "settings" });
      focusAreaWhenThere("settings");
    },
    choices: (state) =>
      THEMES.map(({ id, label }) => ({
        id,
        label,
        ...(state.mirror?.settings.values.theme === id && { detail: "in use" }),
        run: (app) => app.attempt(() => app.saveSettings({ theme: id })),
      })),
  },
  {
    id: "settings.search",
    label: "Search the settings",
    keys: ["Shift+S"],
    run(app) {
      setView(app.store, { area: "settings", section: "search" });
      // The address says so already where it was searched before; where the area is yet to come, it looks there.
      document.getElementById("settings-search")?.focus();
    },
  },
  {
    id: "diagnostics.copy",
    needsEngine: true,
    label: "Copy diagnostics",
    keys: [],
    keywords: "help bug issue report support versions",
    when: isLoaded,
    run: (app) => setView(app.store, { dialog: { kind: "diagnostics" } }),
  },
  {
    id: "everything.erase",
    needsEngine: true,
    label: "Erase everything",
    keys: [],
    keywords: "delete reset wipe uninstall privacy settings secrets",
    isDangerous: true,
    when: isLoaded,
    run: (app) => setView(app.store, { dialog: { kind: "erase" } }),
  },
  {
    id: "profile.switch",
    needsEngine: true,
    label: "Switch profile",
    keys: ["Shift+P"],
    keywords: "setup account environment",
    when: isLoaded,
    run: (app) => setView(app.store, { dialog: { kind: "profiles" } }),
  },
  {
    ...menuAction("shortcuts.show"),
    hint: ["?", "all keys"],
    keywords: "shortcuts keyboard help cheat sheet",
    run: (app) => setView(app.store, { dialog: { kind: "shortcuts" } }),
  },
  {
    id: "message.focus",
    label: "Go to the message",
    keys: ["F8"],
    keywords: "toast notification undo",
    when: ({ view }) => view.toasts.length > 0,
    run: focusMessage,
  },
  {
    id: "keys.toggleSingle",
    needsEngine: true,
    label: "Switch single keys on or off",
    keys: [],
    labelNow: ({ mirror }) =>
      mirror?.settings.values.singleKeys === false ? "Switch single keys on" : "Switch single keys off",
    keywords: "shortcuts letters keyboard accessibility",
    when: isLoaded,
    run: (app) => app.attempt(() => toggleSingleKeys(app)),
  },
];

async function triggerOne(app: App, type: string): Promise<void> {
  const { ids } = await app.client.call("simulator.trigger", { type });
  app.toast("1 event sent.");
  if (app.store.getState().view.selectedId === null) {
    setView(app.store, { area: "deliveries", selectedId: ids.at(-1) ?? null });
  }
}

async function toggleSingleKeys(app: App): Promise<void> {
  const singleKeys = app.store.getState().mirror?.settings.values.singleKeys === false;
  await app.saveSettings({ singleKeys });
  app.toast(singleKeys ? "Single keys are on." : "Single keys are off. Keys with Ctrl or Cmd still work.");
}
