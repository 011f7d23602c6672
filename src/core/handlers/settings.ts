import { parseTarget } from "#shared/domain/target.ts";
import type { Connection } from "../connection.ts";
import type { EventBus } from "../event-bus.ts";
import type { ForwardingState } from "../forwarding-state.ts";
import type { Handlers } from "../router.ts";
import type { SettingsArea } from "../settings/settings.ts";
import type { Store } from "../store/store.ts";

export function settingsHandlers(deps: {
  settings: SettingsArea;
  store: Store;
  connection: Connection;
  forwarding: ForwardingState;
  events: EventBus;
}): Pick<Handlers, "settings.get" | "settings.update"> {
  const { settings, store, connection, forwarding, events } = deps;
  return {
    "settings.get": () => settings.view(),
    async "settings.update"(change) {
      const { forwardTo } = change;
      // A bare port is a way of typing; what is kept and shown is the URL it means.
      const meant = forwardTo ? { ...change, forwardTo: parseTarget(forwardTo)?.href ?? forwardTo } : change;
      const view = await settings.update(meant);
      events.publish("settings.changed", view);
      if (forwardTo !== undefined) forwarding.targetChanged();
      await store.setLimits(view.values);
      await connection.follow(change);
      return view;
    },
  };
}
