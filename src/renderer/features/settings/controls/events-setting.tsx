import { useState } from "react";
import { useApp } from "../../../app-context.ts";
import { EventChoice } from "../../common/event-choice.tsx";
import type { ControlProps } from "../setting-entry.ts";
import { useSetting } from "../use-setting.ts";
import { FieldError } from "./field-error.tsx";

/** The event types that the registered webhook subscribes to. */
export function EventsSetting({ id }: ControlProps) {
  const app = useApp();
  const setting = useSetting("events");
  const value = setting?.value;
  // What was ticked and is not in force yet: the next tick builds on it, and it shows until the engine has told more.
  const [draft, setDraft] = useState<readonly string[] | null>(null);
  const [saves, setSaves] = useState(0);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (saves === 0) setDraft(null);
  }
  if (setting === null) return null;

  const save = (chosen: readonly string[]): void => {
    setDraft(chosen);
    setSaves((count) => count + 1);
    app.attempt(async () => {
      const isSaved = await setting.save(chosen);
      setSaves((count) => count - 1);
      if (!isSaved) setDraft(null);
    });
  };
  return (
    <EventChoice chosen={draft ?? setting.value} onChange={save} isFixed={setting.isFixed} isTitled={false}>
      <FieldError id={id} error={setting.error === null ? null : "Choose at least one event."} />
    </EventChoice>
  );
}
