import { type ReactNode, useState } from "react";
import { EVENT_TYPES, eventFacts } from "#shared/api-video/event-types.ts";
import { Tick } from "../../ui/field.tsx";

/** Event types to choose from, in words. Types that are chosen and not known (newer ones, say) stay and can be left out. */
export function EventChoice(props: {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  isFixed?: boolean;
  /** False where a title stands above it already. */
  isTitled?: boolean;
  children?: ReactNode;
}) {
  const { chosen, onChange } = props;
  const known: readonly string[] = EVENT_TYPES;
  // What was left out a moment ago can be chosen again.
  const [dropped, setDropped] = useState<readonly string[]>([]);
  const types = new Set([...known, ...chosen, ...dropped]);
  const toggle = (type: string, isOn: boolean): void => {
    if (!isOn) setDropped([...dropped, type]);
    onChange(isOn ? [...chosen, type] : chosen.filter((other) => other !== type));
  };
  return (
    <fieldset disabled={props.isFixed} className="grid gap-1">
      <legend className={props.isTitled === false ? "sr-only" : "mb-1 font-semibold text-t1"}>Events</legend>
      {[...types].map((type) => (
        <label key={type} className="flex min-h-6 flex-wrap items-center gap-x-2">
          <Tick checked={chosen.includes(type)} onChange={({ target }) => toggle(type, target.checked)} />
          {eventFacts(type)?.title ?? "Another event"} <code className="text-t3 wrap-anywhere">{type}</code>
        </label>
      ))}
      {props.children}
    </fieldset>
  );
}
