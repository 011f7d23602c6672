import { isDeepStrictEqual } from "node:util";
import type { SettingsView } from "#shared/contract/snapshot.ts";
import type { SettingsChange } from "#shared/domain/settings.ts";
import { parseTarget } from "#shared/domain/target.ts";
import type { Connection } from "../connection.ts";
import type { EventBus } from "../event-bus.ts";
import type { ForwardingArea } from "../forwarding.ts";
import type { Handlers } from "../router.ts";
import type { SettingsArea } from "../settings/settings.ts";
import type { Store } from "../store/store.ts";

export function settingsHandlers(deps: {
  settings: SettingsArea;
  store: Store;
  connection: Connection;
  forwarding: ForwardingArea;
  events: EventBus;
}): Pick<Handlers, "settings.get" | "settings.update" | "settings.reset"> {
  const { settings, store, connection, forwarding, events } = deps;

  async function follow(view: SettingsView, change: SettingsChange): Promise<SettingsView> {
    events.publish("settings.changed", view);
    forwarding.follow();
    await store.setLimits(view.values);
    await connection.follow(change);
    return view;
  }

  return {
    "settings.get": () => settings.view(),
    async "settings.update"(change) {
      const { forwardTo } = change;
      // A bare port is a way of typing; what is kept and shown is the URL it means.
      const meant = forwardTo ? { ...change, forwardTo: parseTarget(forwardTo)?.href ?? forwardTo } : change;
      return follow(await settings.update(meant), change);
    },
    async "settings.reset"({ names }) {
      const before = settings.values;
      const view = await settings.reset(names);
      const changed = names.filter((name) => !isDeepStrictEqual(view.values[name], before[name]));
      return follow(view, Object.fromEntries(changed.map((name) => [name, view.values[name]])));
    },
  };
}
