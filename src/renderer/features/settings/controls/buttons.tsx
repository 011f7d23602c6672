import type { ReactNode } from "react";
import { useApp, useAppState } from "../../../app-context.ts";
import type { Dialog } from "../../../state/app-state.ts";
import { setView } from "../../../state/store.ts";
import { Button } from "../../../ui/button.tsx";
import type { ControlProps } from "../setting-entry.ts";

function OpenDialog({ dialog, look, children }: { dialog: Dialog; look?: "danger"; children: string }): ReactNode {
  const app = useApp();
  return (
    <Button look={look ?? "plain"} className="justify-self-start" onClick={() => setView(app.store, { dialog })}>
      {children}
    </Button>
  );
}

export function ShowDiagnostics() {
  return <OpenDialog dialog={{ kind: "diagnostics" }}>Copy diagnostics</OpenDialog>;
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
