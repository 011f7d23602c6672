import { useId } from "react";
import { findTarget, type Target } from "#shared/domain/named-target.ts";
import type { Route } from "#shared/domain/route.ts";
import { useAppState } from "../../app-context.ts";
import { Field, TextInput } from "../../ui/field.tsx";
import { SafeText } from "../../ui/safe-text.tsx";

const NONE: readonly Target[] = [];
const NO_ROUTES: readonly Route[] = [];

/** The targets that have names. */
export function useTargets(): readonly Target[] {
  return useAppState(({ mirror }) => mirror?.settings.values.targets ?? NONE);
}

/** The routes that send where nobody names a target. */
export function useRoutes(): readonly Route[] {
  return useAppState(({ mirror }) => mirror?.settings.values.routes ?? NO_ROUTES);
}

/** Where to send to: the name of a target, which is offered, a URL or a port. */
export function TargetField(props: {
  label: string;
  /** What is said where no name stands in it, which is told where it leads. */
  hint: string;
  placeholder: string;
  error: string | null;
  value: string;
  onChange: (target: string) => void;
}) {
  const { label, hint, placeholder, error, value, onChange } = props;
  const targets = useTargets();
  const named = findTarget(targets, value);
  const list = useId();
  return (
    <Field
      label={label}
      error={error}
      hint={
        named === undefined ? (
          hint
        ) : (
          <span className="wrap-anywhere">
            It leads to <SafeText text={named.url} dir="ltr" />
          </span>
        )
      }
    >
      {(ids) => (
        <>
          <TextInput
            {...ids}
            className="font-mono text-code"
            list={targets.length === 0 ? undefined : list}
            placeholder={placeholder}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
          <datalist id={list}>
            {targets.map(({ name, url }) => (
              <option key={name} value={name} label={url} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
