import type { ApiState } from "#shared/contract/snapshot.ts";
import type { Settings, SettingsChange } from "#shared/domain/settings.ts";
import { parseTunnelChoice, type TunnelState, type TunnelTransition } from "#shared/domain/tunnel.ts";
import type { RegistrationState } from "#shared/domain/webhook.ts";
import type { ApiAccess } from "./api-access.ts";
import type { EventBus } from "./event-bus.ts";
import { fireAndForget, type Log } from "./lib/log.ts";
import { valuesOf } from "./lib/raw-headers.ts";
import type { Registration } from "./registration/registration.ts";
import type { SettingsArea } from "./settings/settings.ts";
import type { Tunnel } from "./tunnel/tunnel.ts";

export interface ConnectionDeps {
  readonly settings: SettingsArea;
  readonly api: ApiAccess;
  readonly tunnel: Tunnel;
  readonly registration: Registration;
  readonly events: EventBus;
  readonly log: Log;
  readonly listenerUrl: string;
  /** The name to ask a relay for. */
  subdomain(): string;
}

/**
 * Keeps the chain listener → tunnel → public URL → registration in step with the settings: each link follows the one
 * before it, by itself, when that changes.
 */
export interface Connection {
  /** Opens what the settings ask for, in the background. */
  start(): void;
  /** To be called after a change of settings. */
  follow(changed: SettingsChange): Promise<void>;
  /** The same where another profile came into use, whose keys may be others as well. */
  followProfile(changed: SettingsChange): Promise<void>;
  /** To be called when an API key came or went. */
  followKeys(): Promise<void>;
  /** To be called when the tunnel's state changed. */
  followTunnel(state: TunnelState): void;
  /** To be called with the headers of every delivery: one that came in through the public URL proves the path. */
  noteArrival(rawHeaders: readonly string[]): void;
  openTunnel(): Promise<TunnelState>;
  closeTunnel(): Promise<TunnelState>;
  proveTunnel(): Promise<TunnelState>;
  tunnelTransitions(): TunnelTransition[];
  retryRegistration(): Promise<RegistrationState>;
  /** Where api.video reaches us: the tunnel's URL, or the listener's own where api.video is on this machine. */
  publicUrl(): string | null;
  /** Follows nothing any more until `start`; what is open stays open. */
  pause(): void;
  /** Resolves when neither the tunnel nor the registration is under way any more. */
  settled(): Promise<void>;
}

export function createConnection(deps: ConnectionDeps): Connection {
  const { settings, api, tunnel, registration, events } = deps;
  let opening: Promise<unknown> = Promise.resolve();
  let isStarted = false;
  /** The tunnel's URL that the registration last followed; undefined where it has to follow whatever comes. */
  let followedUrl: string | null | undefined;

  function publicUrl(): string | null {
    if (tunnel.state.url !== null) return tunnel.state.url;
    return settings.values.tunnel === "none" && api.isLocal() ? deps.listenerUrl : null;
  }

  function openTunnel(): Promise<TunnelState> {
    const choice = parseTunnelChoice(settings.values.tunnel) ?? { provider: "none" as const };
    const opened = tunnel.open(choice, { host: settings.values.tunnelHost, subdomain: deps.subdomain() });
    opening = opened;
    return opened;
  }

  /** On its way to a URL, mostly the same one: until that is known, the webhook stays where it is. */
  function isOnItsWay(): boolean {
    const { phase } = tunnel.state;
    return phase === "opening" || phase === "reconnecting";
  }

  async function register({ isUrgent = false } = {}): Promise<RegistrationState> {
    if (isOnItsWay()) {
      // Events or key may have changed: the next URL is followed even if it is the one before.
      followedUrl = undefined;
      return registration.state;
    }
    followedUrl = tunnel.state.url;
    const url = publicUrl();
    const wish = url !== null && api.client() !== null ? { publicUrl: url, events: settings.values.events } : null;
    return isUrgent ? registration.retry(wish) : registration.want(wish);
  }

  async function followApi(): Promise<void> {
    await api.refresh();
    events.publish("api.changed", api.state() satisfies ApiState);
    fireAndForget(register(), deps.log, "registration.broke");
  }

  const has = (changed: SettingsChange, ...names: (keyof Settings)[]) =>
    names.some((name) => changed[name] !== undefined);

  return {
    start() {
      isStarted = true;
      fireAndForget(openTunnel(), deps.log, "tunnel.broke");
      // While a tunnel opens there is nothing to register yet, and what the last run left may still be of use.
      fireAndForget(register(), deps.log, "registration.broke");
    },
    async follow(changed) {
      if (!isStarted) return;
      if (has(changed, "tunnel", "tunnelHost")) fireAndForget(openTunnel(), deps.log, "tunnel.broke");
      if (has(changed, "api", "apiAuth")) await followApi();
      else if (has(changed, "tunnel", "events")) fireAndForget(register(), deps.log, "registration.broke");
    },
    async followProfile(changed) {
      if (!isStarted) return;
      if (has(changed, "tunnel", "tunnelHost")) fireAndForget(openTunnel(), deps.log, "tunnel.broke");
      const left = api.client();
      await api.refresh();
      events.publish("api.changed", api.state() satisfies ApiState);
      const mustWait = isOnItsWay() && api.client() !== left;
      if (mustWait) followedUrl = undefined;
      // The webhook of an account that is left goes at once, even if the next one has to wait for its tunnel.
      fireAndForget(mustWait ? registration.want(null) : register(), deps.log, "registration.broke");
    },
    async followKeys() {
      if (isStarted) await followApi();
    },
    followTunnel(state) {
      events.publish("tunnel.changed", state);
      if (!isStarted || isOnItsWay() || state.url === followedUrl) return;
      fireAndForget(register(), deps.log, "registration.broke");
    },
    noteArrival(rawHeaders) {
      const { url } = tunnel.state;
      if (url !== null && valuesOf(rawHeaders, "host")[0] === new URL(url).host) tunnel.noteTraffic();
    },
    openTunnel,
    closeTunnel: () => tunnel.close(),
    proveTunnel: () => tunnel.prove(),
    tunnelTransitions: () => tunnel.transitions(),
    retryRegistration: () => register({ isUrgent: true }),
    publicUrl,
    pause() {
      isStarted = false;
      followedUrl = undefined;
    },
    async settled() {
      await opening;
      await registration.settled();
    },
  };
}
