import { Inbox, SearchX, Zap } from "lucide-react";
import { useApp, useAppState } from "../../app-context.ts";
import { addressToUse, isFirstRun } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
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
        <Button disabled={isBusy} onClick={sendTest}>
          <Zap aria-hidden="true" size={14} />
          Send a test event
        </Button>
      )}
    </EmptyState>
  );
}

export function NothingMatches() {
  const app = useApp();
  const total = useAppState(({ mirror }) => mirror?.counts.total ?? 0);
  return (
    <EmptyState icon={SearchX} title="No delivery matches the filter">
      <p className="text-t3">
        {total === 0
          ? "Nothing is kept yet; what arrives and matches will appear here."
          : `${formatPlural(total, "delivery is", "deliveries are")} kept, and the filter hides ${total === 1 ? "it" : "them all"}.`}
      </p>
      <Button onClick={() => setView(app.store, { filter: "" })}>Clear filter</Button>
    </EmptyState>
  );
}

export function ListLoading() {
  return (
    <p role="status" className="appear-late p-4 text-t3">
      Loading deliveries
    </p>
  );
}
