import type { Settings } from "#shared/domain/settings.ts";
import { Field } from "../../../ui/field.tsx";
import { SettingHint } from "../setting-frame.tsx";
import { TextControl, type TextForm } from "./text-control.tsx";

/** A setting that is written, with its label: for where it does not stand in a row of the settings page. */
export function TextSetting<K extends keyof Settings>({
  label,
  hint,
  ...form
}: TextForm<K> & { label: string; hint: string }) {
  return (
    <Field label={label} hint={<SettingHint name={form.name}>{hint}</SettingHint>}>
      {(ids) => <TextControl {...form} id={ids.id} describedBy={ids["aria-describedby"]} />}
    </Field>
  );
}
