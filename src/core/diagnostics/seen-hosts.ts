import type { SettingsView } from "#shared/contract/snapshot.ts";
import type { EventEnvelope } from "#shared/contract/types.ts";
import type { ProfileSettings } from "#shared/domain/profile.ts";

/** Hosts that were in force in this run: what happened with one of them is told of later, when another is in force. */
export interface SeenHosts {
  list(): readonly string[];
  follow(event: EventEnvelope): void;
}

export function createSeenHosts(first: SettingsView): SeenHosts {
  const hosts = new Set<string>();

  function note(url: string | null | undefined): void {
    const hostname = URL.parse(url ?? "")?.hostname ?? "";
    if (hostname !== "") hosts.add(hostname);
  }

  function noteSettings(settings: ProfileSettings): void {
    const { tunnel, tunnelHost, api, forwardTo, targets = [], allowedTargets = [] } = settings;
    for (const url of [tunnel, tunnelHost, api, forwardTo, ...targets.map((target) => target.url)]) note(url);
    // An IPv6 address has colons of its own, so only a URL can tell where the port begins.
    for (const entry of allowedTargets) note(`http://${entry}`);
  }

  function noteView({ values, profiles }: SettingsView): void {
    noteSettings(values);
    for (const { settings } of profiles) noteSettings(settings);
  }

  noteView(first);
  return {
    list: () => [...hosts],
    follow(event) {
      if (event.name === "settings.changed") noteView(event.payload);
      if (event.name === "tunnel.changed") note(event.payload.url);
    },
  };
}
