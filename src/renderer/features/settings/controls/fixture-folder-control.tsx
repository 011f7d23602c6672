import { useState } from "react";
import { useAppState } from "../../../app-context.ts";
import { Button } from "../../../ui/button.tsx";
import { EngineForm } from "../../../ui/engine-gone.tsx";
import { TextInput } from "../../../ui/field.tsx";
import type { ControlProps } from "../setting-entry.ts";
import { useSetting } from "../use-setting.ts";
import { describe, FieldError } from "./field-error.tsx";

interface Draft {
  readonly dir: string;
  readonly query: string;
  readonly profile: string | undefined;
}

/** The folder and its search, saved together; an empty folder means none. */
export function FixtureFolderControl({ id, describedBy }: ControlProps) {
  const setting = useSetting("fixtureFolder");
  const profile = useAppState(({ mirror }) => mirror?.settings.profile);
  const trouble = useAppState(({ mirror }) => mirror?.problems.find((problem) => problem.id === "fixture-folder"));
  const [draft, setDraft] = useState<Draft | null>(null);
  if (setting === null) return null;
  const saved = { dir: setting.value?.dir ?? "", query: setting.value?.query ?? "" };
  // What was typed for one profile must not be saved in another.
  const { dir, query } = draft !== null && draft.profile === profile ? draft : saved;
  const isChanged = dir.trim() !== saved.dir || (query.trim() !== saved.query && dir.trim() !== "");
  const change = (part: Partial<Draft>): void => setDraft({ dir, query, ...part, profile });
  const save = async (): Promise<void> => {
    if (await setting.save(dir.trim() === "" ? null : { dir, query })) setDraft(null);
  };
  return (
    <EngineForm
      // Its failure is shown below the fields.
      onSubmit={() => void save()}
    >
      <div className="grid gap-2 sm:grid-cols-2">
        <div className="grid min-w-0 content-start gap-1">
          <label htmlFor={`${id}-dir`}>Folder</label>
          <TextInput
            {...describe(`${id}-dir`, describedBy, setting.error)}
            value={dir}
            placeholder="/home/me/project/test/webhooks"
            disabled={setting.isFixed}
            onChange={(event) => change({ dir: event.target.value })}
            onKeyDown={(event) => event.key === "Escape" && setDraft(null)}
          />
        </div>
        <div className="grid min-w-0 content-start gap-1">
          <label htmlFor={`${id}-query`}>Search (empty: all deliveries)</label>
          <TextInput
            {...describe(`${id}-query`, describedBy, null)}
            value={query}
            placeholder="is:pinned"
            disabled={setting.isFixed}
            onChange={(event) => change({ query: event.target.value })}
            onKeyDown={(event) => event.key === "Escape" && setDraft(null)}
          />
        </div>
      </div>
      <FieldError id={`${id}-dir`} error={setting.error} />
      {isChanged && (
        <Button type="submit" look="primary" className="mt-2 h-8">
          Save
        </Button>
      )}
      {trouble !== undefined && !isChanged && (
        <p role="status" className="mt-1 text-small text-bad wrap-anywhere">
          {trouble.title}. {trouble.message}
        </p>
      )}
    </EngineForm>
  );
}
