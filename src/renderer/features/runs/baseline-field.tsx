import { useEffect } from "react";
import { useApp, useAppState } from "../../app-context.ts";
import { formatMoment } from "../../theme/format.ts";
import { Field, Select } from "../../ui/field.tsx";
import { runName } from "./result-words.ts";

/** What each answer is compared with: the last one of the same target, or those of a run. */
export function BaselineField({ value, onChange }: { value: string; onChange: (baseline: string) => void }) {
  const app = useApp();
  const list = useAppState(({ runs }) => runs.list);
  useEffect(() => app.attempt(app.runs.refresh), [app]);
  const runs = list.kind === "ready" ? list.value : [];
  return (
    <Field label="Compare with">
      {(ids) => (
        <Select {...ids} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">The last attempt at the same target</option>
          {runs.map((run) => (
            <option key={run.id} value={run.id}>
              {`${runName(run)}, ${formatMoment(run.createdAt)}`}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
