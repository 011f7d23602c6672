import { EVENT_TYPES, eventFacts } from "#shared/api-video/event-types.ts";
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

/** The event types that the registered webhook subscribes to. */
export function EventsSetting() {
  const app = useApp();
  const setting = useSetting("events");
  if (setting === null) return null;
  const chosen = setting.value;
  const toggle = (type: string, isOn: boolean): void =>
    app.attempt(() => setting.save(isOn ? [...chosen, type] : chosen.filter((other) => other !== type)));
  return (
    <fieldset disabled={setting.isFixed} className="grid gap-1">
      <legend className="mb-1 font-semibold text-t1">Events</legend>
      {EVENT_TYPES.map((type) => (
        <label key={type} className="flex min-h-6 flex-wrap items-center gap-x-2">
          <input
            type="checkbox"
            checked={chosen.includes(type)}
            onChange={(event) => toggle(type, event.target.checked)}
            className="size-4 accent-accent"
          />
          {eventFacts(type)?.title} <code className="text-t3 wrap-anywhere">{type}</code>
        </label>
      ))}
      <p className="text-small text-t3">
        <SettingHint name="events">What the registered webhook asks api.video for.</SettingHint>
      </p>
      {setting.error !== null && (
        <p role="alert" className="text-small text-bad">
          Choose at least one event.
        </p>
      )}
    </fieldset>
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
