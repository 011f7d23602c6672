import type { TunnelState } from "#shared/domain/tunnel.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useBusy } from "../common/use-busy.ts";
import { useNow } from "../common/use-now.ts";

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
  if (tunnel === undefined) return null;
  const again = (label: string) => (
    <Button disabled={isBusy} onClick={() => run(() => app.client.call("tunnel.open", {}))}>
      {label}
    </Button>
  );
  if (tunnel.phase === "closed" && tunnel.fault !== undefined) {
    return (
      <Notice tone="bad" className="rounded-none border-b border-line" action={again("Open again")}>
        <b>The tunnel is closed.</b> {tunnel.fault.message}
      </Notice>
    );
  }
  const lostMs = tunnel.lostSince === undefined ? 0 : now - Date.parse(tunnel.lostSince);
  if (lostMs < SHOWN_AFTER_MS || tunnel.fault === undefined) return null;
  const another = (
    <Button onClick={() => setView(app.store, { area: "connection" })}>
      {lostMs > STILL_TRYING_MS ? "Choose another tunnel" : "Open connection"}
    </Button>
  );
  return (
    <Notice
      tone="warn"
      className="rounded-none border-b border-line"
      action={
        <span className="flex gap-2">
          {tunnel.phase === "reconnecting" && again("Try now")}
          {another}
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
