import { keepFocus } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { Modal } from "../../ui/modal.tsx";
import { useBusy } from "../common/use-busy.ts";

/** The one thing that cannot be undone, so it asks. */
export function ClearDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const total = useAppState(({ mirror }) => mirror?.counts.total ?? 0);
  const pinned = useAppState(({ mirror }) => mirror?.counts.pinned ?? 0);
  const { isBusy, run } = useBusy();
  const erased = formatPlural(total - pinned, "delivery", "deliveries");
  const clear = (): void =>
    run(async () => {
      const { deleted } = await app.client.call("deliveries.clear", {});
      onClose();
      // Without deliveries, what opened this is gone too.
      keepFocus();
      app.toast(`${formatPlural(deleted, "delivery", "deliveries")} cleared.`);
    });
  return (
    <Modal title="Clear all deliveries?" onClose={onClose}>
      <p className="text-t1">
        {total === pinned
          ? "All deliveries are pinned, so all of them stay."
          : `${erased} will be gone for good, with what your server answered.`}
        {pinned > 0 &&
          total !== pinned &&
          ` ${formatPlural(pinned, "pinned delivery", "pinned deliveries")} will stay.`}
      </p>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Keep them</Button>
        <Button look="danger" needsEngine disabled={isBusy || total === pinned} onClick={clear}>
          Clear {erased}
        </Button>
      </div>
    </Modal>
  );
}
