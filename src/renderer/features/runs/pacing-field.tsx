import { Field, Select, TextInput } from "../../ui/field.tsx";
import type { PaceKind, RunDraft } from "./run-draft.ts";

const PACES: readonly (readonly [PaceKind, string])[] = [
  ["asap", "As fast as possible"],
  ["interval", "At a fixed interval"],
  ["original", "With the gaps they came with"],
  ["factor", "With those gaps, times a factor"],
];

/** When each is due, with the number that two of the ways need. */
export function PacingField(props: {
  draft: RunDraft;
  fault: string | null;
  onChange: (change: Partial<RunDraft>) => void;
}) {
  const { draft, fault, onChange } = props;
  return (
    <>
      <Field label="Pace">
        {(ids) => (
          <Select
            {...ids}
            value={draft.pace}
            onChange={({ target }) => onChange({ pace: PACES.find(([kind]) => kind === target.value)?.[0] ?? "asap" })}
          >
            {PACES.map(([kind, words]) => (
              <option key={kind} value={kind}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {draft.pace === "interval" && (
        <Field label="Milliseconds between two" error={fault}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={draft.intervalMs}
              onChange={({ target }) => onChange({ intervalMs: target.value })}
            />
          )}
        </Field>
      )}
      {draft.pace === "factor" && (
        <Field label="Factor" error={fault} hint="0.1: ten times as fast. 2: half as fast.">
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="decimal"
              value={draft.factor}
              onChange={({ target }) => onChange({ factor: target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
