import type { EventBus } from "./event-bus.ts";
import { createExporter, type Exporter } from "./export/exporter.ts";
import { createFixtureFolder } from "./export/fixture-folder.ts";
import type { Log } from "./lib/log.ts";
import type { Problems } from "./problems.ts";
import { stripInstallPrefix } from "./registration/registration.ts";
import { remembered } from "./remembered.ts";
import type { SettingsArea } from "./settings/settings.ts";
import type { Store } from "./store/store.ts";

/** What leaves the app as files: on demand, and into the fixture folder as deliveries come. */
export interface Exports extends AsyncDisposable {
  readonly exporter: Exporter;
  /** The deliveries that wait to be written are erased. */
  forget(): void;
}

export function openExports(deps: {
  readonly store: Store;
  readonly settings: SettingsArea;
  readonly events: EventBus;
  readonly problems: Problems;
  readonly log: Log;
  readonly installId: string;
  newSalt(): string;
}): Exports {
  const { store, settings, events, problems, log } = deps;
  const exporter = createExporter({
    async load(id) {
      const [summary, content] = await Promise.all([store.summary(id), store.content(id)]);
      if (summary === undefined || content === undefined) return undefined;
      return { summary, path: stripInstallPrefix(summary.path, deps.installId), ...content };
    },
    rules: () => settings.values.redact,
    salt: () => remembered(store, "export-salt", deps.newSalt),
  });
  const folder = createFixtureFolder({
    log,
    exporter,
    choice: () => settings.values.fixtureFolder,
    matches: async (id, query) => (await store.matching(id, [query]))[0] === true,
    onTrouble(message) {
      if (message === null) problems.clear("fixture-folder");
      else problems.raise({ id: "fixture-folder", title: "Fixtures are not written", message });
    },
  });
  events.subscribe(({ name, payload }) => {
    // What comes with a file did not arrive.
    if (name === "delivery.received" && payload.source === "imported") return;
    // An update as well: a search may ask for what comes later, as the answer of one's server or a pin.
    if (name === "delivery.received" || name === "delivery.updated") folder.offer(payload.id);
    else if (name === "settings.changed") folder.follow();
  });
  return { exporter, forget: folder.forget, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}
