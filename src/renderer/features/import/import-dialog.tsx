import { useEffect, useRef, useState } from "react";
import { importWords } from "#shared/import/import-words.ts";
import { useApp } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { useEngineGone } from "../../ui/engine-gone.tsx";
import { Field, TextInput } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { type FileResult, importFiles } from "./import-files.ts";
import { ImportedFiles } from "./imported-files.tsx";

type Stage =
  | { readonly kind: "choosing" }
  | { readonly kind: "importing"; readonly count: number }
  | { readonly kind: "done"; readonly results: readonly FileResult[] };

/** Imports the files that were dropped, or asks for some, and says what came of each. */
export function ImportDialog({ files, onClose }: { files: readonly File[]; onClose: () => void }) {
  const app = useApp();
  const { stage, start } = useImport(files);
  const goneReason = useEngineGone(true);
  const show = (): void => {
    setView(app.store, { area: "deliveries", filter: "is:imported" });
    onClose();
  };
  return (
    <Modal title="Import deliveries" onClose={onClose}>
      {stage.kind === "choosing" && (
        <Field
          label="Files"
          hint="JSON lines exported here, or a HAR of a browser or proxy. Each request becomes a new delivery, marked as imported; none is forwarded. Files can also be dropped on the window."
        >
          {(field) => (
            <TextInput
              {...field}
              type="file"
              multiple
              needsEngine
              accept=".har,.jsonl,.ndjson,.json"
              className="h-auto py-1.5 file:mr-3 file:rounded-sm file:border-0 file:bg-s2 file:px-2 file:text-t1"
              // To be read only means nothing to a field for files.
              onClick={(event) => goneReason !== null && event.preventDefault()}
              onChange={({ target }) => start([...(target.files ?? [])])}
            />
          )}
        </Field>
      )}
      {stage.kind === "importing" && (
        <p role="status" className="text-t1">
          Importing… {formatPlural(stage.count, "delivery", "deliveries")} so far.
        </p>
      )}
      {stage.kind === "done" && <ImportedFiles results={stage.results} />}
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        {stage.kind === "done" && hasImported(stage.results) && (
          <Button onClick={show}>Show imported deliveries</Button>
        )}
        {stage.kind === "done" ? (
          // What had the focus is gone.
          <Button key="close" look="primary" autoFocus onClick={onClose}>
            Close
          </Button>
        ) : (
          <Button onClick={onClose}>{stage.kind === "choosing" ? "Cancel" : "Go on in the background"}</Button>
        )}
      </div>
    </Modal>
  );
}

function useImport(dropped: readonly File[]) {
  const app = useApp();
  const [stage, setStage] = useState<Stage>({ kind: dropped.length > 0 ? "importing" : "choosing", count: 0 });
  const isShown = useRef(true);
  const isBusy = useRef(false);
  /** Also what is dropped while others are imported. */
  const waiting = useRef<File[]>([]);
  const start = (files: readonly File[]): void => {
    waiting.current.push(...files);
    if (files.length === 0 || isBusy.current) return;
    isBusy.current = true;
    setStage({ kind: "importing", count: 0 });
    app.attempt(async () => {
      const results: FileResult[] = [];
      while (waiting.current.length > 0) {
        const next = waiting.current.splice(0);
        results.push(...(await importFiles(app.client, next, (count) => setStage({ kind: "importing", count }))));
      }
      isBusy.current = false;
      setStage({ kind: "done", results });
      // Nobody sees it here any more.
      if (!isShown.current) app.toast(results.map(resultWords).join(" "));
    });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is dropped begins anew.
  useEffect(() => start(dropped), [dropped]);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return { stage, start };
}

function hasImported(results: readonly FileResult[]): boolean {
  return results.some((result) => result.kind === "imported" && result.imported.imported > 0);
}

function resultWords(result: FileResult): string {
  return `${result.name}: ${result.kind === "failed" ? result.message : `${importWords(result.imported)}.`}`;
}
