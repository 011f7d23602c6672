import { useState } from "react";
import type { Settings } from "#shared/domain/settings.ts";
import { Button } from "../../ui/button.tsx";
import { Field, TextInput } from "../../ui/field.tsx";
import { SettingHint, useSetting } from "./setting-frame.tsx";

interface Props<K extends keyof Settings> {
  readonly name: K;
  readonly label: string;
  readonly hint: string;
  readonly placeholder?: string;
  /** From the setting to what stands in the field, and back. */
  readonly toText: (value: Settings[K]) => string;
  readonly fromText: (text: string) => unknown;
}

/** A setting that is written. A button to save it appears once it differs from what is kept. */
export function TextSetting<K extends keyof Settings>(props: Props<K>) {
  const { name, label, hint, placeholder, toText, fromText } = props;
  const setting = useSetting(name);
  const [draft, setDraft] = useState<string | null>(null);
  if (setting === null) return null;
  const saved = toText(setting.value);
  const text = draft ?? saved;
  const isChanged = text !== saved;
  const save = async (): Promise<void> => {
    if (await setting.save(fromText(text.trim()))) setDraft(null);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // Its failure is shown beside the field.
        void save();
      }}
    >
      <Field label={label} hint={<SettingHint name={name}>{hint}</SettingHint>} error={setting.error}>
        {(ids) => (
          <span className="flex gap-2">
            <TextInput
              {...ids}
              value={text}
              placeholder={placeholder}
              disabled={setting.isFixed}
              onChange={(event) => setDraft(event.target.value)}
              onKeyDown={(event) => event.key === "Escape" && setDraft(null)}
            />
            {isChanged && (
              <Button type="submit" look="primary" className="h-8">
                Save
              </Button>
            )}
          </span>
        )}
      </Field>
    </form>
  );
}
