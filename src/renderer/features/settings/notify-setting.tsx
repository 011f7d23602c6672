import { type ReactNode, useState } from "react";
import { EVENT_TYPES, eventFacts } from "#shared/api-video/event-types.ts";
import type { NotifyOn } from "#shared/domain/notify-on.ts";
import { useApp } from "../../app-context.ts";
import { Tick } from "../../ui/field.tsx";
import { NotifyMe } from "../connection/notify-me.tsx";
import { useSetting } from "./use-setting.ts";

/** What the desktop is told of while nobody looks at the window, at most once a minute. */
export function NotifySetting() {
  const app = useApp();
  const setting = useSetting("notifyOn");
  if (setting === null) return null;
  const { chosen: value, error } = setting;
  const save = (change: Partial<NotifyOn>): void => app.attempt(() => setting.save({ ...value, ...change }));
  const setType = (type: string, isOn: boolean): void =>
    save({ types: isOn ? [...value.types, type] : value.types.filter((other) => other !== type) });
  return (
    <div className="grid gap-3">
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-semibold text-t1">Tell me</legend>
        <Choice isOn={value.path} onChange={(path) => save({ path })}>
          When webhooks stop coming through, and when they do again
        </Choice>
        <Choice isOn={value.failedSignature} onChange={(failedSignature) => save({ failedSignature })}>
          When a signature fails
        </Choice>
      </fieldset>
      <Types chosen={value.types} onChange={setType} />
      {error !== null && (
        <p role="alert" className="text-small text-bad">
          {error}
        </p>
      )}
      <NotifyMe what="of these" />
    </div>
  );
}

/** Known types, and those chosen elsewhere that are not known here; what was left out can be chosen again. */
function Types({ chosen, onChange }: { chosen: readonly string[]; onChange: (type: string, isOn: boolean) => void }) {
  const [seen] = useState(chosen);
  const types = [...new Set<string>([...EVENT_TYPES, ...seen, ...chosen])];
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-semibold text-t1">And when one of these arrives</legend>
      {types.map((type) => (
        <Choice key={type} isOn={chosen.includes(type)} onChange={(isOn) => onChange(type, isOn)}>
          {eventFacts(type)?.title ?? "Another event"} <code className="text-t3 wrap-anywhere">{type}</code>
        </Choice>
      ))}
    </fieldset>
  );
}

function Choice(props: { isOn: boolean; onChange: (isOn: boolean) => void; children: ReactNode }) {
  return (
    <label className="flex min-h-6 items-center gap-x-2">
      <Tick checked={props.isOn} onChange={({ target }) => props.onChange(target.checked)} />
      <span>{props.children}</span>
    </label>
  );
}
