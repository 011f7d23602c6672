import { useApp } from "../../app-context.ts";
import { Field, Select } from "../../ui/field.tsx";
import { SettingHint, useSetting } from "./setting-frame.tsx";

const API_CHOICES = [
  ["simulator", "Simulator, on this machine"],
  ["sandbox", "Sandbox"],
  ["production", "Production"],
] as const;

/** Which api.video the webhook is registered with. */
export function ApiSetting() {
  const app = useApp();
  const setting = useSetting("api");
  if (setting === null) return null;
  const isListed = API_CHOICES.some(([name]) => name === setting.value);
  return (
    <Field
      label="api.video"
      hint={<SettingHint name="api">Where the webhook is registered.</SettingHint>}
      error={setting.error}
    >
      {(ids) => (
        <Select
          {...ids}
          value={setting.value}
          disabled={setting.isFixed}
          onChange={(event) => app.attempt(() => setting.save(event.target.value))}
        >
          {API_CHOICES.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
          {!isListed && <option value={setting.value}>{setting.value}</option>}
        </Select>
      )}
    </Field>
  );
}

/** api.video itself takes the key as Basic; a server written from a tutorial may want it otherwise. */
export function ApiAuthSetting() {
  const app = useApp();
  const setting = useSetting("apiAuth");
  if (setting === null) return null;
  return (
    <Field
      label="Authentication"
      hint={<SettingHint name="apiAuth">How another server than api.video's own wants the key.</SettingHint>}
      error={setting.error}
    >
      {(ids) => (
        <Select
          {...ids}
          value={setting.value}
          disabled={setting.isFixed}
          onChange={(event) => app.attempt(() => setting.save(event.target.value))}
        >
          <option value="basic">Basic</option>
          <option value="bearer">Bearer</option>
        </Select>
      )}
    </Field>
  );
}

export function ThemeSetting() {
  const app = useApp();
  const setting = useSetting("theme");
  if (setting === null) return null;
  return (
    <Field label="Theme" error={setting.error}>
      {(ids) => (
        <Select
          {...ids}
          value={setting.value}
          onChange={(event) => app.attempt(() => setting.save(event.target.value))}
        >
          <option value="system">As the system has it</option>
          <option value="dark">Dark</option>
          <option value="light">Light</option>
        </Select>
      )}
    </Field>
  );
}
