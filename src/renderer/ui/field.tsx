import clsx from "clsx";
import { type ComponentProps, type KeyboardEvent, type MouseEvent, type ReactNode, useId } from "react";
import { type EngineNeed, REASON_ID, useEngineGone } from "./engine-gone.tsx";

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
  "w-full min-w-0 rounded-md border border-edge bg-s1 px-2 text-t1 placeholder:text-t3 aria-invalid:border-bad",
  "disabled:cursor-not-allowed disabled:bg-s2 disabled:text-t3",
  "aria-disabled:cursor-not-allowed aria-disabled:bg-s2 aria-disabled:text-t3",
);

/** Not `disabled`, which would drop the focus from where one types. */
function useGoneField(needsEngine: boolean | undefined, describedBy: string | undefined) {
  const reason = useEngineGone(needsEngine);
  if (reason === null) return null;
  return { "aria-disabled": true, "aria-describedby": clsx(describedBy, REASON_ID), title: reason } as const;
}

export function TextInput({ className, needsEngine, ...rest }: ComponentProps<"input"> & EngineNeed) {
  const gone = useGoneField(needsEngine, rest["aria-describedby"]);
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      className={clsx("h-8", CONTROL, className)}
      {...rest}
      {...(gone && { ...gone, readOnly: true })}
    />
  );
}

export function TextArea({ className, needsEngine, ...rest }: ComponentProps<"textarea"> & EngineNeed) {
  const gone = useGoneField(needsEngine, rest["aria-describedby"]);
  return <textarea className={clsx(CONTROL, className)} {...rest} {...(gone && { ...gone, readOnly: true })} />;
}

/** `bare`, it looks like the text around it. */
export function Select({
  look = "field",
  className,
  needsEngine,
  ...rest
}: ComponentProps<"select"> & EngineNeed & { look?: "field" | "bare" }) {
  const gone = useGoneField(needsEngine, rest["aria-describedby"]);
  const looks = look === "field" ? clsx("h-8", CONTROL) : "aria-disabled:cursor-not-allowed aria-disabled:opacity-55";
  return (
    <select
      className={clsx(looks, className)}
      {...rest}
      {...(gone && { ...gone, onChange: leave, onMouseDown: keepClosed, onKeyDown: keepClosedByKey })}
    />
  );
}

/** A box to tick, or with `type="radio"` a choice. Its label is its caller's, and looks as it does. */
export function Tick({ className, needsEngine, ...rest }: ComponentProps<"input"> & EngineNeed) {
  const gone = useGoneField(needsEngine, rest["aria-describedby"]);
  return (
    <input
      type="checkbox"
      className={clsx("size-4 flex-none accent-accent aria-disabled:grayscale", className)}
      {...rest}
      {...(gone && { ...gone, onChange: leave })}
    />
  );
}

/** A control that keeps its value goes back to it by itself. */
function leave(): void {}

function keepClosed(event: MouseEvent): void {
  event.preventDefault();
}

const OPENING_KEYS = new Set([" ", "Enter", "ArrowUp", "ArrowDown", "F4"]);

function keepClosedByKey(event: KeyboardEvent): void {
  if (OPENING_KEYS.has(event.key)) event.preventDefault();
}
