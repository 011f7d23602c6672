import { useState } from "react";
import { useApp, useAppState } from "../../../app-context.ts";
import { formatPlural } from "../../../theme/format.ts";
import { Button } from "../../../ui/button.tsx";
import { useBusy } from "../../common/use-busy.ts";

/** The one thing that cannot be undone, so it asks. */
export function ClearHistory() {
  const app = useApp();
  const total = useAppState(({ mirror }) => mirror?.counts.total ?? 0);
  const [isAsking, setIsAsking] = useState(false);
  const { isBusy, run } = useBusy();
  const clear = (): void =>
    run(async () => {
      const { deleted } = await app.client.call("deliveries.clear", {});
      setIsAsking(false);
      app.toast(`${formatPlural(deleted, "delivery", "deliveries")} deleted.`);
    });
  if (!isAsking) {
    return (
      <Button look="danger" className="justify-self-start" disabled={total === 0} onClick={() => setIsAsking(true)}>
        Delete all deliveries
      </Button>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="flex-1 basis-48 text-t1">
        All {formatPlural(total, "delivery", "deliveries")} but the pinned ones will be gone for good.
      </p>
      <Button onClick={() => setIsAsking(false)}>Keep them</Button>
      <Button look="danger" disabled={isBusy} onClick={clear}>
        Delete all
      </Button>
    </div>
  );
}
