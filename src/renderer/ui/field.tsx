import clsx from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";

/** Ids that tie a control to its label's companions. */
export interface FieldIds {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean | undefined;
}

/** A label above its control, with what it does below and what is wrong next to it. */
export function Field(props: {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  children: (ids: FieldIds) => ReactNode;
}) {
  const id = useId();
  const hasError = props.error !== undefined && props.error !== null;
  const describedBy = [props.hint !== undefined && `${id}-hint`, hasError && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="grid min-w-0 content-start gap-1">
      <label htmlFor={id} className="font-semibold text-t1">
        {props.label}
      </label>
      {props.children({
        id,
        "aria-describedby": describedBy === "" ? undefined : describedBy,
        "aria-invalid": hasError || undefined,
      })}
      {props.hint !== undefined && (
        <div id={`${id}-hint`} className="text-small text-t3">
          {props.hint}
        </div>
      )}
      {hasError && (
        <div id={`${id}-error`} role="alert" className="text-small text-bad">
          {props.error}
        </div>
      )}
    </div>
  );
}

const CONTROL = clsx(
  "h-8 w-full min-w-0 rounded-md border border-edge bg-s1 px-2 text-t1",
  "placeholder:text-t3 disabled:cursor-not-allowed disabled:bg-s2 disabled:text-t3 aria-invalid:border-bad",
);

export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return <input type="text" autoComplete="off" spellCheck={false} className={clsx(CONTROL, className)} {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={clsx(CONTROL, className)} {...rest} />;
}
