import { useEffect } from "react";
import type { App } from "../../app-context.ts";
import { useApp } from "../../app-context.ts";
import { setView } from "../../state/store.ts";

/** Files that are dropped on the window are imported; the browser would leave the page for them. */
export function useDroppedFiles(): void {
  const app = useApp();
  useEffect(() => {
    const take = (event: DragEvent): void => {
      const { dataTransfer } = event;
      // An editor takes what is dropped on it.
      if (event.defaultPrevented || dataTransfer === null || !dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      if (event.type === "drop") importFiles(app, [...dataTransfer.files]);
    };
    window.addEventListener("dragover", take);
    window.addEventListener("drop", take);
    return () => {
      window.removeEventListener("dragover", take);
      window.removeEventListener("drop", take);
    };
  }, [app]);
}

/** Not while something else is asked, which it would take the place of. */
function importFiles(app: App, files: readonly File[]): void {
  const { mirror, view } = app.store.getState();
  const isFree = view.dialog === null || view.dialog.kind === "import";
  if (mirror !== null && isFree && files.length > 0) setView(app.store, { dialog: { kind: "import", files } });
}
