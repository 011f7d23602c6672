import { useState } from "react";
import type { RunSummary } from "#shared/domain/run.ts";
import { removeRun } from "../../actions/run-actions.ts";
import { useApp } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { closeOnEscape } from "../../ui/close-on-escape.ts";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { TextInput } from "../../ui/field.tsx";
import { useQuestion } from "../common/use-question.ts";

const MAX_NAME_CHARS = 200;

/** Gives a run a name, or takes it away altogether. */
export function RunNaming({ run }: { run: RunSummary }) {
  const app = useApp();
  const { isAsking, ask, stop, opener } = useQuestion();
  const [name, setName] = useState("");
  const save = (): void =>
    app.attempt(async () => {
      await app.client.call("runs.rename", { id: run.id, name });
      stop();
    });
  if (isAsking) {
    return (
      <EngineForm onSubmit={save} onKeyDown={closeOnEscape(stop)} className="flex flex-wrap gap-1.5">
        <TextInput
          autoFocus
          aria-label="Name of the run"
          maxLength={MAX_NAME_CHARS}
          value={name}
          onChange={({ target }) => setName(target.value)}
          className="h-7 w-48"
        />
        <Button type="submit" look="primary">
          Save
        </Button>
        <Button needsEngine={false} onClick={stop}>
          Keep the old one
        </Button>
      </EngineForm>
    );
  }
  return (
    <>
      <Button
        ref={opener}
        needsEngine
        onClick={() => {
          setName(run.name ?? "");
          ask();
        }}
      >
        Rename
      </Button>
      <Button needsEngine look="danger" onClick={() => app.attempt(() => removeRun(app, run))}>
        Remove
      </Button>
    </>
  );
}
