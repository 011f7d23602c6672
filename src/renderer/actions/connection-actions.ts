import { menuAction } from "#shared/menu-actions.ts";
import type { App } from "../app-context.ts";
import type { AppState } from "../state/app-state.ts";
import { addressToUse } from "../state/selectors.ts";
import { setView } from "../state/store.ts";
import { formatMs } from "../theme/format.ts";
import { type Action, isLoaded } from "./action.ts";

export const CONNECTION_ACTIONS: readonly Action[] = [
  {
    ...menuAction("url.copy"),
    labelNow: ({ mirror }) => (mirror?.tunnel.url == null ? "Copy listener URL" : "Copy public URL"),
    keywords: "public url listener webhook address clipboard",
    when: isLoaded,
    run: (app) => app.attempt(() => copyAddress(app)),
  },
  {
    id: "url.copyListener",
    label: "Copy listener URL",
    keys: [],
    keywords: "local address port clipboard",
    // Without a tunnel the address for webhooks is the listener's already.
    when: ({ mirror }) => mirror?.tunnel.url != null,
    run: (app) => app.attempt(() => copyText(app, app.store.getState().mirror?.listener.url ?? null, "Listener URL")),
  },
  {
    ...menuAction("tunnel.open"),
    needsEngine: true,
    keywords: "connect start retry reconnect public",
    when: ({ mirror }) => mirror?.tunnel.phase === "closed" || mirror?.tunnel.phase === "reconnecting",
    run: (app) => app.attempt(() => openTunnel(app)),
  },
  {
    ...menuAction("tunnel.close"),
    needsEngine: true,
    keywords: "disconnect stop",
    when: hasTunnel,
    run: (app) => app.attempt(() => app.client.call("tunnel.close", {})),
  },
  {
    ...menuAction("tunnel.prove"),
    needsEngine: true,
    keywords: "canary check test public url",
    when: ({ mirror }) => mirror?.tunnel.url != null,
    run: (app) => app.attempt(() => prove(app)),
  },
  {
    id: "registration.retry",
    needsEngine: true,
    label: "Register the webhook again",
    keys: [],
    keywords: "api.video try again retry",
    when: ({ mirror }) => mirror?.registration.fault !== undefined,
    run: (app) => app.attempt(() => app.client.call("registration.retry", {})),
  },
  {
    ...menuAction("missed.show"),
    needsEngine: true,
    keywords: "reconcile missing lost events gap compare account",
    when: ({ mirror }) => mirror !== null && mirror.gaps.length > 0,
    run(app) {
      const gap = app.store.getState().mirror?.gaps[0];
      if (gap !== undefined) setView(app.store, { dialog: { kind: "missed", gap } });
    },
  },
];

function hasTunnel({ mirror }: AppState): boolean {
  const phase = mirror?.tunnel.phase;
  return phase !== undefined && phase !== "idle" && phase !== "closed";
}

async function copyAddress(app: App): Promise<void> {
  const state = app.store.getState();
  await copyText(app, addressToUse(state), state.mirror?.tunnel.url == null ? "Listener URL" : "Public URL");
}

async function copyText(app: App, text: string | null, what: string): Promise<void> {
  if (text === null) return;
  await app.shell.copyText(text);
  app.toast(`${what} copied.`);
}

/** Says what became of it: where this is asked from, the chain may be out of sight. */
async function openTunnel(app: App): Promise<void> {
  const { url, fault } = await app.client.call("tunnel.open", {});
  if (url !== null) app.toast("The tunnel is open.");
  else if (fault !== undefined) app.toast(fault.message, { tone: "bad" });
}

async function prove(app: App): Promise<void> {
  const { phase, fault, proof } = await app.client.call("tunnel.prove", {});
  if (phase === "open") {
    const way = proof?.ms == null ? "" : ` in ${formatMs(proof.ms)}`;
    app.toast(`The path works: a request of our own came back through the public URL${way}.`);
  } else {
    app.toast(fault?.message ?? "The path is not proven: no request of our own came back.", { tone: "bad" });
  }
}
