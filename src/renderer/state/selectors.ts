import type { DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { AppState } from "./app-state.ts";

const NO_DELIVERIES: readonly DeliverySummary[] = [];

export function deliveriesOf({ mirror }: AppState): readonly DeliverySummary[] {
  return mirror?.list.items ?? NO_DELIVERIES;
}

const NO_GAPS: readonly Gap[] = [];

/** The gaps that the list shows: a filter asks for deliveries, and a gap is none. */
export function gapsOf({ mirror }: AppState): readonly Gap[] {
  return mirror === null || mirror.list.query !== "" ? NO_GAPS : mirror.gaps;
}

/** Where the selected delivery stands in the loaded list; -1 where it is not in it. */
export function selectedIndex(state: AppState): number {
  const { selectedId } = state.view;
  return selectedId === null ? -1 : deliveriesOf(state).findIndex(({ id }) => id === selectedId);
}

/** The selected delivery as the list knows it, before its detail is loaded. */
export function selectedSummary(state: AppState): DeliverySummary | undefined {
  return deliveriesOf(state)[selectedIndex(state)];
}

/** How many rows came above the one that was the newest when the user scrolled away. */
export function newCount(state: AppState): number {
  const { isAtTop, topSeenId } = state.view;
  if (isAtTop || topSeenId === null) return 0;
  return Math.max(
    0,
    deliveriesOf(state).findIndex(({ id }) => id === topSeenId),
  );
}

/** The address to give to api.video: the public URL, or the listener's own where no tunnel is open. */
export function addressToUse({ mirror }: AppState): string | null {
  return mirror === null ? null : (mirror.tunnel.url ?? mirror.listener.url);
}

/** The first start asks how to begin; deliveries that came all the same go first once one is selected. */
export function isFirstRun({ mirror }: AppState): boolean {
  return mirror !== null && !mirror.settings.values.firstRunDone;
}
