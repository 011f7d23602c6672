import type { TunnelState } from "#shared/domain/tunnel.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useBusy } from "../common/use-busy.ts";
import { useNow } from "../common/use-now.ts";
import { openWords } from "../connection/open-words.ts";

/** Most breaks heal before anybody has read that there was one. */
const SHOWN_AFTER_MS = 3_000;
const STILL_TRYING_MS = 10 * 60_000;

/** The tunnel is lost: since when, why, and when it is tried again; or it was given up. */
export function TunnelBanner() {
  const app = useApp();
  const { isBusy, run } = useBusy();
  const tunnel = useAppState(({ mirror }) => mirror?.tunnel);
  const isLost = tunnel?.lostSince !== undefined;
  const now = useNow(1_000, isLost);
  const area = useAppState(({ view }) => view.area);
  if (tunnel === undefined) return null;
  const openConnection = (label: string) => (
    <Button onClick={() => setView(app.store, { area: "connection" })}>{label}</Button>
  );
  const again = (label: string) => (
    <Button needsEngine disabled={isBusy} onClick={() => run(() => app.client.call("tunnel.open", {}))}>
      {label}
    </Button>
  );
  if (tunnel.phase === "closed" && tunnel.fault !== undefined) {
    // What somebody has to change first is not helped by opening it again.
    const closedAction = (
      <span className="flex gap-2">
        {again("Open again")}
        {!tunnel.fault.retryable && area !== "connection" && openConnection("Change the tunnel")}
      </span>
    );
    return (
      <Notice tone="bad" isBanner action={closedAction}>
        <b>The tunnel is closed.</b> {tunnel.fault.message}
      </Notice>
    );
  }
  const lostMs = tunnel.lostSince === undefined ? 0 : now - Date.parse(tunnel.lostSince);
  if (lostMs < SHOWN_AFTER_MS || tunnel.fault === undefined) return null;
  return (
    <Notice
      tone="warn"
      isBanner
      action={
        <span className="flex gap-2">
          {/* There through each try: a button that comes and goes can be neither read nor hit. */}
          {tunnel.phase !== "degraded" && again(openWords(tunnel))}
          {area !== "connection" &&
            openConnection(lostMs > STILL_TRYING_MS ? "Choose another tunnel" : "Open connection")}
        </span>
      }
    >
      <b>Webhooks may not get through.</b> {tunnel.fault.message} {untilNextTry(tunnel, now)}
    </Notice>
  );
}

function untilNextTry({ retryAt }: TunnelState, now: number): string {
  if (retryAt === undefined) return "";
  const seconds = Math.max(0, Math.ceil((Date.parse(retryAt) - now) / 1_000));
  return seconds > 1 ? `Next try in ${formatPlural(seconds, "second")}.` : "Trying now.";
}
