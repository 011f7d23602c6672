import { Inbox, Zap } from "lucide-react";
import { runAction } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { addressToUse, isFirstRun } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/notice.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { useBusy } from "../common/use-busy.ts";

/** Connected, and nothing came yet: the address to use, and an event to try it with. */
export function NothingYet() {
  const app = useApp();
  const address = useAppState(addressToUse);
  const isPublic = useAppState(({ mirror }) => mirror?.tunnel.url != null);
  // The first steps beside the list offer the same.
  const asksHowToBegin = useAppState(isFirstRun);
  const { isBusy, run } = useBusy();
  const sendTest = (): void =>
    run(() => app.client.call("simulator.trigger", { type: "video.encoding.quality.completed" }));
  return (
    <EmptyState icon={Inbox} title="No deliveries yet">
      <p className="text-t3">
        {isPublic
          ? "Webhooks sent to this address appear here."
          : "Without a tunnel, only this machine reaches this address."}
      </p>
      {address !== null && (
        <p className="flex max-w-full items-center gap-1 rounded-md border border-line bg-s1 py-0.5 pr-1 pl-2.5">
          <code className="min-w-0 wrap-anywhere text-t1">{address}</code>
          <CopyButton text={address} label="Copy this address" />
        </p>
      )}
      {!asksHowToBegin && (
        <p className="flex flex-wrap justify-center gap-2">
          <Button needsEngine disabled={isBusy} onClick={sendTest}>
            <Zap aria-hidden="true" size={14} />
            Send a test event
          </Button>
          <Button needsEngine onClick={() => runAction(app, "deliveries.import")}>
            Import a file
          </Button>
        </p>
      )}
    </EmptyState>
  );
}

/** The engine could not follow the filter: the list must not look as if it did. */
export function ListProblem() {
  const app = useApp();
  const message = useAppState(({ listError }) => listError);
  if (message === null) return null;
  return (
    <Notice tone="bad" action={<Button onClick={app.list.refreshSoon}>Try again</Button>}>
      <b>The filter is not applied.</b> {message}
    </Notice>
  );
}

export function ListLoading() {
  return (
    <p role="status" className="appear-late p-4 text-t3">
      Loading deliveries
    </p>
  );
}
