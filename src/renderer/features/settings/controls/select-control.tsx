import type { Settings } from "#shared/domain/settings.ts";
import { useApp } from "../../../app-context.ts";
import { Select } from "../../../ui/field.tsx";
import type { ControlProps } from "../setting-entry.ts";
import { useSetting } from "../use-setting.ts";
import { describe, FieldError } from "./field-error.tsx";

/** The settings whose values are texts. */
type TextSettingName = { [K in keyof Settings]: Settings[K] extends string ? K : never }[keyof Settings];

/** A setting that is one of a few; a value that is none of them is shown as it is. */
export function SelectControl(
  props: ControlProps & { name: TextSettingName; options: readonly (readonly [value: string, words: string])[] },
) {
  const app = useApp();
  const setting = useSetting(props.name);
  if (setting === null) return null;
  const isListed = props.options.some(([value]) => value === setting.chosen);
  return (
    <div>
      <Select
        {...describe(props.id, props.describedBy, setting.error)}
        value={setting.chosen}
        disabled={setting.isFixed}
        onChange={(event) => app.attempt(() => setting.save(event.target.value))}
      >
        {props.options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
        {!isListed && <option value={setting.chosen}>{setting.chosen}</option>}
      </Select>
      <FieldError id={props.id} error={setting.error} />
    </div>
  );
}
