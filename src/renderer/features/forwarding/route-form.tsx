import { useId, useState } from "react";
import { Route } from "#shared/domain/route.ts";
import { Field, TextInput, Tick } from "../../ui/field.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { NamedForm } from "./named-form.tsx";
import type { NamedFormProps } from "./named-list.tsx";
import { QueryRow } from "./query-row.tsx";
import { useNamedList } from "./use-named-list.ts";

export function RouteForm({ item, place, onSave }: NamedFormProps<Route>) {
  const [name, setName] = useState(item?.name ?? "");
  const [query, setQuery] = useState(item?.query ?? "");
  const [targets, setTargets] = useState<readonly string[]>(item?.targets ?? []);
  return (
    <NamedForm
      label={item === null ? "New route" : `Change ${item.name}`}
      place={place}
      schema={Route}
      draft={{ name, query, targets: [...targets] }}
      isNew={item === null}
      onSave={onSave}
    >
      {(errorOf) => (
        <>
          <Field label="Name" hint="Each attempt shows it." error={errorOf("name")}>
            {(ids) => (
              <TextInput {...ids} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <QueryRow query={query} error={errorOf("query")} onChange={setQuery} />
          <TargetChoice chosen={targets} onChange={setTargets} />
        </>
      )}
    </NamedForm>
  );
}

/** In the order in which they are ticked: the first one answers where answers are relayed. */
function TargetChoice(props: { chosen: readonly string[]; onChange: (chosen: readonly string[]) => void }) {
  const { chosen, onChange } = props;
  const known = useNamedList("targets").items.map(({ name }) => name);
  const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const gone = chosen.filter((name) => !known.some((other) => isSame(other, name)));
  const toggle = (name: string): void => {
    const others = chosen.filter((other) => !isSame(other, name));
    onChange(others.length === chosen.length ? [...chosen, name] : others);
  };
  return (
    <fieldset className="grid min-w-0 gap-1">
      <legend className="mb-1 font-semibold text-t1">Targets</legend>
      {[...known, ...gone].map((name) => (
        <TargetTick
          key={name}
          name={name}
          isGone={gone.includes(name)}
          place={chosen.findIndex((other) => isSame(other, name))}
          onToggle={() => toggle(name)}
        />
      ))}
      <p className="text-small text-t3">
        {known.length === 0 && "Add a target above to have deliveries sent there. "}
        {chosen.length === 0 && "None: what matches is kept, and not forwarded."}
        {chosen.length > 1 && "All of them get each delivery; where answers are relayed, the first one's counts."}
      </p>
    </fieldset>
  );
}

function TargetTick(props: { name: string; isGone: boolean; place: number; onToggle: () => void }) {
  const { name, isGone, place, onToggle } = props;
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-6 min-w-0 items-center gap-2">
      <Tick id={id} checked={place !== -1} onChange={onToggle} />
      <span className="min-w-0 wrap-anywhere">
        <SafeText text={name} />
        {isGone && <span className="text-bad"> (gone)</span>}
        {place === 0 && <span className="text-t3"> (first)</span>}
      </span>
    </label>
  );
}
