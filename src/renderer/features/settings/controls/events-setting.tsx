import { useApp } from "../../../app-context.ts";
import { EventChoice } from "../../common/event-choice.tsx";
import type { ControlProps } from "../setting-entry.ts";
import { useSetting } from "../use-setting.ts";
import { FieldError } from "./field-error.tsx";

/** The event types that the registered webhook subscribes to. */
export function EventsSetting({ id }: ControlProps) {
  const app = useApp();
  const setting = useSetting("events");
  if (setting === null) return null;
  const save = (chosen: readonly string[]): void => app.attempt(() => setting.save(chosen));
  return (
    <EventChoice chosen={setting.chosen} onChange={save} isFixed={setting.isFixed} isTitled={false}>
      <FieldError id={id} error={setting.error === null ? null : "Choose at least one event."} />
    </EventChoice>
  );
}
