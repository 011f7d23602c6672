import { isLoopbackHost, type TunnelState } from "./tunnel.ts";
import type { RegistrationState } from "./webhook.ts";

/** What the chain is read from; a snapshot of the engine has all of it. */
export interface ChainFacts {
  readonly listener: { readonly url: string };
  readonly tunnel: TunnelState;
  readonly api: { readonly environment: string; readonly baseUrl: string; readonly hasKey: boolean };
  readonly registration: RegistrationState;
  readonly forwarding: {
    readonly target: string | null;
    readonly routes?: number | undefined;
    readonly trouble?: string | undefined;
  };
}

export type LinkId = "listener" | "tunnel" | "public-url" | "webhook" | "target";
/** `off`: not wanted; with an advice where it is needed all the same. `waiting`: under way by itself. `bad`: nothing comes through here. */
export type LinkState = "ok" | "waiting" | "warn" | "bad" | "off";

/** One link of the way from api.video to the developer's server. */
export interface ChainLink {
  readonly id: LinkId;
  readonly title: string;
  readonly state: LinkState;
  /** A few words: a host, an id, "off". */
  readonly value: string;
  /** What it is at, in a sentence. */
  readonly message: string;
  /** When a request of our own, or a delivery, last came through it. */
  readonly provenAt?: string;
  /** What to do; only where something is to be done. */
  readonly advice?: string;
}

/** The links in the order in which a developer sets them up. Each says what it is at, whatever the others do. */
export function toChain(facts: ChainFacts): readonly ChainLink[] {
  return [listenerLink(facts), tunnelLink(facts), publicUrlLink(facts), webhookLink(facts), targetLink(facts)];
}

/** The first link that keeps deliveries from coming, or might; then what was switched off. Undefined where all is well. */
export function firstTrouble(chain: readonly ChainLink[]): ChainLink | undefined {
  const inState = (wanted: LinkState) => chain.find(({ state }) => state === wanted);
  return (
    inState("bad") ?? inState("warn") ?? chain.find(({ state, advice }) => state === "off" && advice !== undefined)
  );
}

function listenerLink({ listener, tunnel: { fault } }: ChainFacts): ChainLink {
  const link = { id: "listener", title: "Listener", value: hostOf(listener.url) } as const;
  if (fault?.kind === "local") return { ...link, state: "bad", message: fault.message };
  return { ...link, state: "ok", message: `Deliveries are received on ${listener.url}.` };
}

/** api.video runs on this machine, as the simulator does: it reaches the listener without a tunnel. */
function needsNoTunnel({ api, tunnel }: ChainFacts): boolean {
  return tunnel.phase === "idle" && isLoopbackHost(URL.parse(api.baseUrl)?.hostname ?? "");
}

function tunnelLink(facts: ChainFacts): ChainLink {
  const { provider, phase, fault, url } = facts.tunnel;
  const link = { id: "tunnel", title: "Tunnel" } as const;
  const words = fault?.message;
  switch (phase) {
    case "idle": {
      const message = "There is none: only this machine reaches the listener.";
      if (needsNoTunnel(facts)) return { ...link, state: "off", value: "off", message };
      return {
        ...link,
        state: "bad",
        value: "off",
        message,
        advice: "Choose a tunnel, so that api.video reaches you.",
      };
    }
    case "opening":
      return { ...link, state: "waiting", value: "opening", message: words ?? `${provider} is being opened.` };
    case "open":
      return { ...link, state: "ok", value: hostOf(url ?? ""), message: `${provider} is open at ${url}.` };
    case "degraded":
      return {
        ...link,
        state: "warn",
        value: "unsteady",
        message: words ?? "The last proof of the path failed.",
        advice: "The path is looked at again by itself.",
      };
    case "reconnecting":
      return {
        ...link,
        state: "bad",
        value: "reconnecting",
        message: words ?? "The tunnel was lost.",
        advice: "It is opened again by itself.",
      };
    case "closed":
      if (words === undefined) return { ...link, state: "off", value: "off", message: "The tunnel was closed." };
      return {
        ...link,
        state: "bad",
        value: "closed",
        message: words,
        advice: "Then open the tunnel again.",
      };
  }
}

function publicUrlLink(facts: ChainFacts): ChainLink {
  const link = { id: "public-url", title: "Public URL" } as const;
  const { url, proof, phase } = facts.tunnel;
  if (url === null) return { ...link, value: "none", ...missingUrl(facts) };
  const state = phase === "open" ? "ok" : "warn";
  if (proof === undefined) return { ...link, state, value: hostOf(url), message: `${url} is not proven yet.` };
  const message = `${url} leads here: ${proof.ms === null ? "a delivery came through" : `there and back in ${proof.ms} ms`}.`;
  return { ...link, state, value: hostOf(url), message, provenAt: proof.at };
}

function missingUrl(facts: ChainFacts): Pick<ChainLink, "state" | "message" | "advice"> {
  const { tunnel, listener, api } = facts;
  const message = "There is none right now.";
  if (needsNoTunnel(facts)) {
    const sender = api.environment === "simulator" ? "The simulator" : hostOf(api.baseUrl);
    return { state: "off", message: `${sender} sends to ${listener.url}, on this machine.` };
  }
  if (tunnel.phase === "opening" || tunnel.phase === "reconnecting") return { state: "waiting", message };
  if (tunnel.phase === "closed" && tunnel.fault === undefined) {
    return { state: "off", message, advice: "Open the tunnel." };
  }
  return { state: "bad", message };
}

function webhookLink({ registration, api, tunnel }: ChainFacts): ChainLink {
  const place = api.environment === "custom" ? hostOf(api.baseUrl) : api.environment;
  const link = { id: "webhook", title: "api.video" } as const;
  const { phase, webhookId, url, fault } = registration;
  switch (phase) {
    case "registered": {
      if (fault === undefined) {
        return { ...link, state: "ok", value: place, message: `Registered as ${webhookId} for ${url}.` };
      }
      const mend = fault.code === "api.unauthorized" ? "Enter an API key that is valid" : "Mend this";
      const advice = `${mend}: until then the webhook stands, but cannot be looked after.`;
      return { ...link, state: "warn", value: place, message: fault.message, advice };
    }
    case "registering":
      return { ...link, state: "waiting", value: `${place}, registering`, message: "The webhook is being registered." };
    case "removing":
      return { ...link, state: "waiting", value: `${place}, removing`, message: "The webhook is being removed." };
    case "failed":
      return {
        ...link,
        state: "bad",
        value: `${place}, not registered`,
        message: fault?.message ?? "The webhook could not be registered.",
        advice: "Mend this, then register again.",
      };
    case "none": {
      if (!api.hasKey) {
        const message = `There is no API key for ${place}: no webhook can be registered.`;
        return { ...link, state: "bad", value: `${place}, no key`, message, advice: "Enter an API key." };
      }
      const message = `No webhook is registered with ${place}${tunnel.url === null ? " while there is no public URL" : ""}.`;
      return { ...link, state: "off", value: `${place}, not registered`, message };
    }
  }
}

function targetLink({ forwarding: { target, routes = 0, trouble } }: ChainFacts): ChainLink {
  const link = { id: "target", title: "Forward" } as const;
  if (target === null && routes === 0) {
    return { ...link, state: "off", value: "off", message: "Deliveries are kept, not forwarded: no target is set." };
  }
  const place = target === null ? "" : hostOf(target).replace(/^(?:localhost|127\.0\.0\.1)(?=:)/, "");
  const value = routes === 0 ? place : routes === 1 ? "by 1 route" : `by ${routes} routes`;
  if (trouble !== undefined)
    return { ...link, state: "warn", value, message: trouble, advice: "Deliveries are kept meanwhile." };
  const rest = target === null ? "is kept and not forwarded" : `goes to ${target}`;
  const message =
    routes === 0 ? `Deliveries are forwarded to ${target}.` : `Routes choose the target; what none matches ${rest}.`;
  return { ...link, state: "ok", value, message };
}

/** A URL as short as one can still read it. */
function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, "").replace(/\/$/, "");
}
