import { useEffect, useState } from "react";
import type { EventPayload } from "#shared/contract/types.ts";
import type { Erasure, Holdings } from "#shared/domain/erasure.ts";
import { keepFocus } from "../../../actions/regions.ts";
import { useApp } from "../../../app-context.ts";
import { toMessage } from "../../../client/to-message.ts";
import { setView } from "../../../state/store.ts";
import { Modal } from "../../../ui/modal.tsx";
import { EraseForm } from "./erase-form.tsx";
import { EraseProgress } from "./erase-progress.tsx";
import { EraseResult } from "./erase-result.tsx";

type Stage =
  | { readonly kind: "asking"; readonly error: string | null }
  | { readonly kind: "erasing"; readonly progress: EventPayload<"erase.progressed"> | null }
  | { readonly kind: "done"; readonly erasure: Erasure };

/** Says exactly what goes, has it confirmed in words, tells how far it is, and what could not be done. */
export function EraseDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const [holdings, setHoldings] = useState<Holdings | null>(null);
  const [stage, setStage] = useState<Stage>({ kind: "asking", error: null });

  useEffect(() => {
    app.client
      .call("app.holdings", {})
      .then(setHoldings)
      .catch((error: unknown) => setStage({ kind: "asking", error: toMessage(error) }));
    return app.client.subscribe((event) => {
      if (event.name !== "erase.progressed") return;
      setStage((now) => (now.kind === "done" ? now : { kind: "erasing", progress: event.payload }));
    });
  }, [app]);

  const erase = async (): Promise<void> => {
    setStage({ kind: "erasing", progress: null });
    try {
      const erasure = await app.client.call("app.erase", { confirm: "erase everything" });
      setStage({ kind: "done", erasure });
    } catch (failure) {
      setStage({ kind: "asking", error: toMessage(failure) });
    }
  };
  const close = (): void => {
    // What is under way goes on; its end is seen in the list.
    onClose();
    if (stage.kind !== "done") return;
    setView(app.store, { area: "deliveries" });
    // With the settings, what opened this is gone.
    keepFocus();
  };
  return (
    <Modal title="Erase everything" onClose={close}>
      {stage.kind === "asking" && <EraseForm holdings={holdings} error={stage.error} onErase={erase} />}
      {stage.kind === "erasing" && <EraseProgress progress={stage.progress} />}
      {stage.kind === "done" && <EraseResult erasure={stage.erasure} onClose={close} />}
    </Modal>
  );
}
