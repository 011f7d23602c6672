import { allowHost, hostToAllow } from "../../actions/allow-host.ts";
import { focusArea } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Before anything is refused: that the target's host is not allowed yet, what that means, and the way to allow it. */
export function AllowHost() {
  const host = useAppState(hostToAllow);
  if (host === null) return null;
  return (
    <Notice tone="warn" action={<AllowHostButton host={host} />}>
      <b>{host} is not this machine, and not among the allowed hosts.</b> Unless the name leads to this machine, nothing
      is sent there: deliveries are kept, and a replay is refused.
    </Notice>
  );
}

export function AllowHostButton({ host }: { host: string }) {
  const app = useApp();
  const allow = (): void =>
    app.attempt(async () => {
      await allowHost(app, host);
      // The button goes with what it was for.
      focusArea(app.store.getState().view.area);
    });
  return (
    <Button
      needsEngine
      className="h-auto! min-h-7 min-w-0 shrink py-1 whitespace-normal! wrap-anywhere"
      onClick={allow}
    >
      Allow {host}
    </Button>
  );
}
