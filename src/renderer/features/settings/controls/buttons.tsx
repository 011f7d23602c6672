import type { ReactNode } from "react";
import { useApp, useAppState } from "../../../app-context.ts";
import type { Dialog } from "../../../state/app-state.ts";
import { setView } from "../../../state/store.ts";
import { Button } from "../../../ui/button.tsx";
import type { ControlProps } from "../setting-entry.ts";

interface OpenDialogProps {
  readonly dialog: Dialog;
  readonly look?: "plain" | "danger";
  readonly disabled?: boolean;
  readonly children: string;
}

function OpenDialog({ dialog, look = "plain", disabled = false, children }: OpenDialogProps): ReactNode {
  const app = useApp();
  return (
    <Button
      needsEngine
      look={look}
      disabled={disabled}
      className="justify-self-start"
      onClick={() => setView(app.store, { dialog })}
    >
      {children}
    </Button>
  );
}

export function ShowDiagnostics() {
  return <OpenDialog dialog={{ kind: "diagnostics" }}>Copy diagnostics</OpenDialog>;
}

/** The same question as from the list. */
export function ClearDeliveries() {
  const isEmpty = useAppState(({ mirror }) => mirror === null || mirror.counts.total === 0);
  return (
    <OpenDialog dialog={{ kind: "clear" }} look="danger" disabled={isEmpty}>
      Clear all deliveries
    </OpenDialog>
  );
}

export function EraseEverything() {
  return (
    <OpenDialog dialog={{ kind: "erase" }} look="danger">
      Erase everything
    </OpenDialog>
  );
}

export function Versions({ id }: ControlProps) {
  const versions = useAppState(({ mirror }) => mirror?.versions);
  return (
    <p id={id} className="text-t1">
      Version {versions?.app}, Node {versions?.node}
      {versions?.electron !== undefined && `, Electron ${versions.electron}`}
    </p>
  );
}
