import type { LaunchOption } from "#shared/domain/launch-option.ts";
import type { ApiAccess } from "../api-access.ts";
import type { EngineDeps } from "../deps.ts";
import type { EventBus } from "../event-bus.ts";
import type { ForwardingArea } from "../forwarding.ts";
import type { Hold } from "../hold.ts";
import type { Listener } from "../listener/listener.ts";
import type { Problems } from "../problems.ts";
import type { Registration } from "../registration/registration.ts";
import type { LiveFaults } from "../replay/faults/live-faults.ts";
import type { Handlers } from "../router.ts";
import type { SettingsArea } from "../settings/settings.ts";
import type { Store } from "../store/store.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";

export function appHandlers(deps: {
  versions: EngineDeps["versions"];
  dataDir: string;
  listener: Listener;
  tunnel: Tunnel;
  api: ApiAccess;
  registration: Registration;
  settings: SettingsArea;
  forwarding: ForwardingArea;
  faults: LiveFaults;
  hold: Hold;
  store: Store;
  problems: Problems;
  events: EventBus;
  launch: readonly LaunchOption[];
}): Pick<Handlers, "app.snapshot"> {
  const {
    versions,
    dataDir,
    listener,
    tunnel,
    api,
    registration,
    settings,
    forwarding,
    faults,
    hold,
    store,
    problems,
    events,
  } = deps;
  return {
    "app.snapshot": () => ({
      versions,
      dataDir,
      listener: { url: listener.url },
      tunnel: tunnel.state,
      api: api.state(),
      registration: registration.state,
      forwarding: forwarding.current(),
      targets: forwarding.health(),
      faults: faults.current(),
      hold: hold.state,
      counts: store.counts,
      settings: settings.view(),
      launch: [...deps.launch],
      problems: problems.list(),
      seq: events.seq,
    }),
  };
}
