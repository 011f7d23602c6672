import { Inbox, SearchX, Zap } from "lucide-react";
import { removeTerm } from "#shared/search/edit-query.ts";
import { formatTerm } from "#shared/search/format-query.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { addressToUse, isFirstRun } from "../../state/selectors.ts";
import { setView } from "../../state/store.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
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

/** The filter hides all: what it asks for, and which part of it could be dropped. */
export function NothingMatches() {
  const app = useApp();
  const total = useAppState(({ mirror }) => mirror?.counts.total ?? 0);
  const applied = useAppState(({ mirror }) => mirror?.list.query ?? "");
  const { terms } = parseQuery(applied);
  const setFilter = (filter: string): void => setView(app.store, { filter });
  return (
    <EmptyState icon={SearchX} title="No delivery matches the filter">
      <p className="text-t3">
        {total === 0 && "Nothing is kept yet; what arrives and matches will appear here."}
        {total > 0 && `${formatPlural(total, "delivery is", "deliveries are")} kept, and `}
        {total > 0 && (terms.length > 1 ? "none of them has all of this." : "the filter hides them all.")}
      </p>
      <Button onClick={() => setFilter("")}>Clear filter</Button>
      {terms.length > 1 && (
        <ul aria-label="Parts of the filter" className="grid max-w-full justify-items-center gap-1.5">
          {terms.map((term) => (
            <li key={term.start} className="flex max-w-full">
              <Button className="min-w-0 shrink" onClick={() => setFilter(removeTerm(applied, term))}>
                <span className="flex-none text-t3">Drop</span>
                <code className="min-w-0 truncate">
                  <SafeText text={formatTerm(term)} />
                </code>
              </Button>
            </li>
          ))}
        </ul>
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
