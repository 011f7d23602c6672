import { type ReactNode, useId } from "react";
import { Tick } from "./field.tsx";

/** One of several ways to choose from, with what it means; those of one `group` exclude each other. */
export function Choice<T extends string>(props: {
  group: string;
  value: T;
  title: string;
  chosen: T;
  onChoose: (value: T) => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="grid grid-cols-[16px_minmax(0,1fr)] items-start gap-x-2.5 rounded-md px-2 py-1.5 hover:bg-s2 has-checked:bg-sel"
    >
      <Tick
        id={id}
        type="radio"
        name={props.group}
        value={props.value}
        checked={props.chosen === props.value}
        onChange={() => props.onChoose(props.value)}
        className="mt-px"
      />
      <span className="min-w-0">
        <b>{props.title}</b> <span className="block text-t3">{props.children}</span>
      </span>
    </label>
  );
}
