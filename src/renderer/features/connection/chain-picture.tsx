import clsx from "clsx";
import type { ReactNode } from "react";
import { type ChainLink, type LinkId, type LinkState, toChain } from "#shared/domain/chain.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";
import { hostToAllow } from "../../actions/allow-host.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { isEngineGone } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { formatTime } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { useBusy } from "../common/use-busy.ts";
import { goToSetting } from "../settings/go-to-setting.ts";
import { AllowHostButton } from "./allow-host.tsx";
import { openWords } from "./open-words.ts";
import { StateDot } from "./state-dot.tsx";

const STATE_WORDS: Readonly<Record<Exclude<LinkState, "off">, string>> = {
  ok: "Works",
  waiting: "Under way",
  warn: "Unsteady",
  bad: "Broken",
};

/** In the direction in which a webhook travels. */
const WAY: readonly LinkId[] = ["webhook", "public-url", "tunnel", "listener", "target"];

/** The way of a webhook from api.video down to the developer's own server, each link with what it is at. */
export function ChainPicture() {
  const mirror = useAppState((state) => state.mirror);
  const isGone = useAppState(isEngineGone);
  if (mirror === null) return null;
  const chain = toChain(mirror).toSorted((a, b) => WAY.indexOf(a.id) - WAY.indexOf(b.id));
  return (
    <ol aria-label="The way of a webhook" className="grid">
      {chain.map((link, index) => (
        <li key={link.id} className="grid grid-cols-[18px_minmax(0,1fr)] gap-x-3">
          <span aria-hidden="true" className="grid justify-items-center">
            <span className="mt-[7px] flex">
              {/* What was last known of it may not be so any more. */}
              <StateDot state={isGone ? "off" : link.state} />
            </span>
            {index < chain.length - 1 && (
              <span
                className={clsx(
                  "mt-2 w-px flex-1",
                  link.state === "bad" && !isGone ? "border-l border-dashed border-bad" : "bg-edge",
                )}
              />
            )}
          </span>
          <Link link={link} isGone={isGone} />
        </li>
      ))}
    </ol>
  );
}

function Link({ link, isGone }: { link: ChainLink; isGone: boolean }) {
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1.5 pb-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <b>{link.title}</b>
          <code className="text-t1 wrap-anywhere">{link.value}</code>
          {link.state !== "off" && <span className="text-t3">{isGone ? "Last known" : STATE_WORDS[link.state]}</span>}
        </p>
        <p className="wrap-anywhere">
          {link.message}
          {link.provenAt !== undefined && ` Last proof at ${formatTime(link.provenAt)}.`}
        </p>
        {link.advice !== undefined && <p className="text-t3">{link.advice}</p>}
      </div>
      <LinkAction link={link} />
    </div>
  );
}

/** From the loss to the next proof, through every try in between: what is offered meanwhile does not come and go. */
function isLost({ lostSince, phase }: TunnelState): boolean {
  return lostSince !== undefined && (phase === "reconnecting" || phase === "opening");
}

/** The one thing to do about a link right here. */
function LinkAction({ link }: { link: ChainLink }): ReactNode {
  const app = useApp();
  const { isBusy, run } = useBusy();
  const tunnel = useAppState(({ mirror }) => mirror?.tunnel);
  const toAllow = useAppState(hostToAllow);
  const hasRoutes = useAppState(({ mirror }) => mirror?.forwarding.routes !== undefined);
  const listenerUrl = useAppState(({ mirror }) => mirror?.listener.url ?? "");
  const call = (name: "tunnel.open" | "tunnel.close" | "tunnel.prove" | "registration.retry", label: string) => (
    <Button needsEngine disabled={isBusy} onClick={() => run(() => app.client.call(name, {}))}>
      {label}
    </Button>
  );
  switch (link.id) {
    case "tunnel":
      if (tunnel === undefined || tunnel.phase === "idle") return null;
      if (tunnel.phase === "closed") return call("tunnel.open", "Open");
      return (
        <span className="flex gap-2">
          {isLost(tunnel) && call("tunnel.open", openWords(tunnel))}
          {call("tunnel.close", tunnel.phase === "opening" && !isLost(tunnel) ? "Cancel" : "Close")}
        </span>
      );
    case "public-url":
      if (tunnel === undefined || tunnel.url === null) return null;
      return (
        <span className="flex items-center gap-2">
          <CopyButton text={tunnel.url} label="Copy public URL" />
          {call("tunnel.prove", "Prove now")}
        </span>
      );
    case "webhook":
      if (link.advice?.includes("key")) {
        return <Button onClick={() => setView(app.store, { area: "settings" })}>Enter a key</Button>;
      }
      return link.state === "bad" ? call("registration.retry", "Register again") : null;
    case "target":
      if (hasRoutes && toAllow === null) {
        return <Button onClick={() => setView(app.store, { area: "forwarding" })}>See the routes</Button>;
      }
      if (link.state === "off") return <Button onClick={() => goToSetting(app, "forwardTo")}>Set a target</Button>;
      return link.state === "warn" && toAllow !== null ? <AllowHostButton host={toAllow} /> : null;
    case "listener":
      return <CopyButton text={listenerUrl} label="Copy listener URL" />;
  }
}
