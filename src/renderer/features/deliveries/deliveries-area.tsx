import { Suspense, useRef } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { useAppState } from "../../app-context.ts";
import { lazyPart } from "../../lazy-part.tsx";
import { gapsOf, hasDeliveries, isFirstRun } from "../../state/selectors.ts";
import { useLayout } from "../../ui/use-layout.ts";
import { ActivityStrip } from "../activity/activity-strip.tsx";
import { PausedNotice } from "../activity/pause.tsx";
import { useHandOnFocus } from "../common/use-hand-on-focus.ts";
import { DeliveryDetailPane } from "../delivery-detail/delivery-detail.tsx";
import { SafePart } from "../frame/safe-part.tsx";
import { FirstRun } from "../onboarding/first-run.tsx";
import { MatchAnnouncement } from "../search/match-announcement.tsx";
import { DeliveryList } from "./delivery-list.tsx";
import { FilterBox } from "./filter-box.tsx";
import { ListBars } from "./list-bars.tsx";
import { ListLoading, ListProblem, NothingYet } from "./list-states.tsx";

/** Most starts show no filter that hides all. */
const NothingMatches = lazyPart(async () => (await import("./nothing-matches.tsx")).NothingMatches);

/** List and detail: side by side, one above the other, or one at a time. */
export function DeliveriesArea() {
  const layout = useLayout();
  const isDetailOpen = useAppState(({ view }) => view.isDetailOpen && view.selectedId !== null);
  const isHidden = useAppState(({ view }) => view.isDetailHidden);
  const asksHowToBegin = useAppState((state) => isFirstRun(state) && state.mirror !== null && !hasDeliveries(state));

  if (layout === "narrow") {
    if (isDetailOpen) return <DetailOrFirstRun hasBack />;
    return asksHowToBegin ? <FirstRun /> : <ListPane />;
  }
  return (
    <Group key={layout} orientation={layout === "wide" ? "horizontal" : "vertical"} className="min-h-0 flex-1">
      <Panel id="list" defaultSize="46%" minSize="15rem" className="flex">
        <ListPane />
      </Panel>
      {!isHidden && (
        <>
          <Separator className="bg-line outline-offset-0 data-[separator=active]:bg-accent data-[separator=hover]:bg-accent aria-[orientation=horizontal]:h-px aria-[orientation=vertical]:w-px" />
          <Panel id="detail" minSize="15rem" className="flex">
            <DetailOrFirstRun hasBack={false} />
          </Panel>
        </>
      )}
    </Group>
  );
}

function DetailOrFirstRun({ hasBack }: { hasBack: boolean }) {
  const showsFirstRun = useAppState((state) => isFirstRun(state) && state.view.selectedId === null);
  const looked = useAppState(({ view }) => `${view.selectedId} ${view.tab}`);
  if (showsFirstRun) return <FirstRun />;
  return (
    <SafePart resetOn={looked}>
      <DeliveryDetailPane hasBack={hasBack} />
    </SafePart>
  );
}

function ListPane() {
  return (
    <section aria-label="Deliveries" className="list-pane flex min-h-0 min-w-0 flex-1 flex-col bg-s0">
      <h1 className="sr-only">Deliveries</h1>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 border-b border-line px-3 pt-2.5 pb-1">
        <FilterBox />
        <ListProblem />
        <MatchAnnouncement />
        <ActivityStrip />
      </div>
      <PausedNotice />
      <ListBody />
      <Bars />
    </section>
  );
}

function Bars() {
  return useAppState(hasDeliveries) ? <ListBars /> : null;
}

function ListBody() {
  const isLoaded = useAppState(({ mirror }) => mirror !== null);
  const isEmpty = useAppState((state) => state.mirror?.list.items.length === 0 && gapsOf(state).length === 0);
  const isFiltered = useAppState(({ mirror }) => mirror !== null && mirror.list.query !== "");
  const hasWaiting = useAppState(({ mirror }) => (mirror?.list.paused?.arrived ?? 0) > 0);
  if (!isLoaded) return <ListLoading />;
  if (!isEmpty) return <DeliveryList />;
  // What the list would say of itself is not so: the notice above says what waits.
  if (hasWaiting) return null;
  return <EmptyList isFiltered={isFiltered} />;
}

/** It takes the list's place for the keyboard too: what was deleted last leaves the focus here. */
function EmptyList({ isFiltered }: { isFiltered: boolean }) {
  const section = useRef<HTMLElement>(null);
  useHandOnFocus(section);
  return (
    <section
      ref={section}
      tabIndex={-1}
      data-region="list"
      aria-label="No deliveries"
      className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
    >
      {isFiltered ? (
        <SafePart>
          <Suspense fallback={null}>
            <NothingMatches />
          </Suspense>
        </SafePart>
      ) : (
        <NothingYet />
      )}
    </section>
  );
}
