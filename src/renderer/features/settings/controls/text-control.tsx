import { type KeyboardEvent, useState } from "react";
import { PROFILE_SETTING_NAMES } from "#shared/domain/profile.ts";
import type { Settings } from "#shared/domain/settings.ts";
import { useAppState } from "../../../app-context.ts";
import { Button } from "../../../ui/button.tsx";
import { EngineForm } from "../../../ui/engine-gone.tsx";
import { TextArea, TextInput } from "../../../ui/field.tsx";
import { useSetting } from "../use-setting.ts";
import { describe, FieldError } from "./field-error.tsx";

export interface TextForm<K extends keyof Settings> {
  readonly name: K;
  readonly placeholder?: string;
  /** How many lines the field shows, where it takes several. */
  readonly rows?: number;
  /** What the number counts, after the field. */
  readonly unit?: string;
  /** From the setting to what stands in the field, and back. */
  readonly toText: (value: Settings[K]) => string;
  readonly fromText: (text: string) => unknown;
}

const PROFILE_NAMES: ReadonlySet<keyof Settings> = new Set(PROFILE_SETTING_NAMES);

/** A setting that is written. A button to save it appears once it differs from what is kept. */
export function TextControl<K extends keyof Settings>(
  props: TextForm<K> & { id: string; describedBy: string | undefined },
) {
  const { name, placeholder, rows, unit, toText, fromText, id, describedBy } = props;
  const setting = useSetting(name);
  const profile = useAppState(({ mirror }) => (PROFILE_NAMES.has(name) ? mirror?.settings.profile : undefined));
  const [draft, setDraft] = useState<{ readonly text: string; readonly profile: string | undefined } | null>(null);
  if (setting === null) return null;
  const saved = toText(setting.value);
  // What was typed for one profile must not be saved in another.
  const text = draft?.profile === profile ? (draft?.text ?? saved) : saved;
  const isChanged = text !== saved;
  const save = async (): Promise<void> => {
    if (await setting.save(fromText(text.trim()))) setDraft(null);
  };
  const change = (text: string): void => setDraft({ text, profile });
  const field = {
    ...describe(id, describedBy, setting.error),
    value: text,
    placeholder,
    disabled: setting.isFixed,
    onKeyDown: (event: KeyboardEvent) => event.key === "Escape" && setDraft(null),
  };
  return (
    <EngineForm
      // Its failure is shown beside the field.
      onSubmit={() => void save()}
    >
      <span className="flex items-center gap-2">
        {rows === undefined ? (
          <TextInput {...field} onChange={({ target }) => change(target.value)} />
        ) : (
          <TextArea
            {...field}
            rows={rows}
            spellCheck={false}
            className="py-1 font-mono"
            onChange={({ target }) => change(target.value)}
          />
        )}
        {unit !== undefined && <span className="text-t3">{unit}</span>}
        {isChanged && (
          <Button type="submit" look="primary" className="h-8">
            Save
          </Button>
        )}
      </span>
      <FieldError id={id} error={setting.error} />
    </EngineForm>
  );
}
