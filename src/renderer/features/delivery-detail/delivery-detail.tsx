import { ArrowLeft, MousePointerClick } from "lucide-react";
import { Suspense } from "react";
import { focusRegion } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { lazyPart } from "../../lazy-part.tsx";
import { setView } from "../../state/store.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";

// The first screen shows none.
const SelectedDelivery = lazyPart(async () => (await import("./selected-delivery.tsx")).SelectedDelivery);

/** The selected delivery; with `hasBack` it covers the list, so it also leads back to it. */
export function DeliveryDetailPane({ hasBack }: { hasBack: boolean }) {
  const app = useApp();
  const detail = useAppState((state) => state.detail);
  const isSelected = useAppState(({ view }) => view.selectedId !== null);
  const isShown = isSelected && detail.kind === "ready";
  const goBack = (): void => {
    setView(app.store, { isDetailOpen: false });
    focusRegion("list");
  };
  const back = hasBack && (
    <Button onClick={goBack}>
      <ArrowLeft aria-hidden="true" size={14} />
      Back
    </Button>
  );
  return (
    <main
      data-region="detail"
      tabIndex={-1}
      aria-label="Selected delivery"
      className="flex min-h-0 min-w-0 flex-1 flex-col bg-s1 focus-visible:-outline-offset-2 short:overflow-y-auto"
    >
      {/* A delivery has it on the line of its own buttons. */}
      {!isShown && back && <div className="px-4 pt-2 sm:px-5 sm:pt-3">{back}</div>}
      {!isSelected && <NothingSelected />}
      <Suspense fallback={<LoadingDelivery />}>
        {isShown && <SelectedDelivery delivery={detail.value} back={back} />}
      </Suspense>
      {isSelected && detail.kind === "loading" && <LoadingDelivery />}
      {isSelected && detail.kind === "failed" && (
        <EmptyState icon={MousePointerClick} title="This delivery cannot be shown">
          <p className="text-t3">{detail.message}</p>
        </EmptyState>
      )}
    </main>
  );
}

function LoadingDelivery() {
  return (
    <p role="status" className="appear-late p-5 text-t3">
      Loading the delivery
    </p>
  );
}

function NothingSelected() {
  return (
    <div className="m-auto">
      <EmptyState icon={MousePointerClick} title="Select a delivery">
        <p className="text-t3">Its signature, payload, headers and your server's answers are shown here.</p>
      </EmptyState>
    </div>
  );
}
