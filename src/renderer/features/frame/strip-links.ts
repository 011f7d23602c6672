import type { EngineMirror } from "../../state/app-state.ts";
import { formatHost } from "../../theme/format.ts";

/** One link of the chain as the strip shows it. */
export interface StripLink {
  readonly label: string;
  readonly value: string;
  /** The whole of it, for a tooltip. */
  readonly title: string;
  readonly tone: "ok" | "warn" | "bad" | "muted";
  readonly isCode: boolean;
}

export function listenerLink({ listener }: EngineMirror): StripLink {
  return {
    label: "Listener",
    value: formatHost(listener.url),
    title: `Webhooks are received on ${listener.url}`,
    tone: "ok",
    isCode: true,
  };
}

export function tunnelLink({ tunnel }: EngineMirror): StripLink {
  const link = { label: "Tunnel", isCode: false } as const;
  const fault = tunnel.fault?.message ?? "";
  switch (tunnel.phase) {
    case "open":
      return {
        ...link,
        value: formatHost(tunnel.url ?? ""),
        title: `Public URL: ${tunnel.url}`,
        tone: "ok",
        isCode: true,
      };
    case "degraded":
      return { ...link, value: "unsteady", title: fault || "The tunnel loses connections.", tone: "warn" };
    case "opening":
      return { ...link, value: "opening", title: "The tunnel is being opened.", tone: "warn" };
    case "reconnecting":
      return {
        ...link,
        value: "reconnecting",
        title: fault || "The tunnel was lost and is opened again.",
        tone: "warn",
      };
    case "idle":
      return { ...link, value: "off", title: "No tunnel: only this machine reaches the listener.", tone: "muted" };
    case "closed":
      return fault === ""
        ? { ...link, value: "off", title: "The tunnel is closed.", tone: "muted" }
        : { ...link, value: "closed", title: fault, tone: "bad" };
  }
}

export function registrationLink({ registration, api }: EngineMirror): StripLink {
  const place = api.environment === "custom" ? formatHost(api.baseUrl) : api.environment;
  const link = { label: "api.video", isCode: false } as const;
  switch (registration.phase) {
    case "registered":
      return {
        ...link,
        value: place,
        title: `Registered as ${registration.webhookId} for ${registration.url}`,
        tone: "ok",
      };
    case "registering":
      return { ...link, value: `${place}, registering`, title: "The webhook is being registered.", tone: "warn" };
    case "removing":
      return { ...link, value: `${place}, removing`, title: "The webhook is being removed.", tone: "warn" };
    case "failed":
      return { ...link, value: `${place}, not registered`, title: registration.fault?.message ?? "", tone: "bad" };
    case "none": {
      const value = api.hasKey ? `${place}, not registered` : `${place}, no key`;
      return { ...link, value, title: `No webhook is registered with ${place}.`, tone: "muted" };
    }
  }
}

export function forwardingLink({ forwarding }: EngineMirror): StripLink {
  const { target } = forwarding;
  if (target === null) {
    const title = "Deliveries are not forwarded. Set a target in Settings.";
    return { label: "Forward", value: "off", title, tone: "muted", isCode: false };
  }
  const value = formatHost(target).replace(/^(?:localhost|127\.0\.0\.1)(?=:)/, "");
  return { label: "Forward", value, title: `Deliveries are forwarded to ${target}`, tone: "ok", isCode: true };
}
