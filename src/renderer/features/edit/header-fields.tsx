import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";
import { type DraftFaults, type HeaderRow, headerNote, type SignChoice } from "./draft.ts";

/** The headers as rows to write in, in the order they are sent in. Alt with an arrow moves a row. */
export function HeaderFields(props: {
  rows: readonly HeaderRow[];
  faults: DraftFaults;
  sign: SignChoice;
  onChange: (rows: readonly HeaderRow[]) => void;
}) {
  const { rows, faults, sign, onChange } = props;
  const list = useRef<HTMLUListElement>(null);
  /** What to give the focus to once it is drawn: part of a row, or the button that adds one. */
  const wanted = useRef<string | null>(null);
  const adder = useRef<HTMLButtonElement>(null);

  // As soon as it is drawn: an effect of the drawing before may come late, after the press that wants what is not there yet.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const found = list.current?.querySelector<HTMLElement>(`[data-part="${wanted.current}"]`);
    wanted.current = null;
    (found ?? adder.current)?.focus();
  });

  const change = (id: number, part: Partial<HeaderRow>): void =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const move = (index: number, by: 1 | -1, part: string): void => {
    const row = rows[index];
    const other = rows[index + by];
    if (row === undefined || other === undefined) return;
    wanted.current = `${part}-${row.id}`;
    onChange(rows.with(index, other).with(index + by, row));
  };
  const add = (): void => {
    const id = Math.max(0, ...rows.map((row) => row.id)) + 1;
    wanted.current = `name-${id}`;
    onChange([...rows, { id, name: "", value: "" }]);
  };
  const remove = (index: number): void => {
    const next = rows[index + 1] ?? rows[index - 1];
    wanted.current = next === undefined ? "none" : `remove-${next.id}`;
    onChange(rows.toSpliced(index, 1));
  };
  const moveByKey = (event: KeyboardEvent, index: number, part: string): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(index, event.key === "ArrowUp" ? -1 : 1, part);
  };

  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1 font-semibold text-t1">Headers</legend>
      <ul ref={list} className="grid gap-1.5">
        {rows.map((row, index) => {
          const nth = `header ${index + 1}`;
          const note = headerNote(row.name, sign);
          const nameFault = faults.names.get(row.id);
          const valueFault = faults.values.get(row.id);
          const words = nameFault ?? valueFault ?? note;
          const wordsId = words === undefined ? undefined : `edit-header-${row.id}`;
          return (
            <li
              key={row.id}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-1 gap-y-1 sm:grid-cols-[14rem_minmax(0,1fr)_auto]"
            >
              <TextInput
                data-part={`name-${row.id}`}
                aria-label={`Name of ${nth}`}
                aria-invalid={nameFault !== undefined || undefined}
                aria-describedby={wordsId}
                className="font-mono text-code max-sm:col-span-2"
                value={row.name}
                onChange={({ target }) => change(row.id, { name: target.value })}
                onKeyDown={(event) => moveByKey(event, index, "name")}
              />
              <TextInput
                data-part={`value-${row.id}`}
                aria-label={`Value of ${nth}`}
                aria-invalid={valueFault !== undefined || undefined}
                aria-describedby={wordsId}
                className="font-mono text-code"
                value={row.value}
                onChange={({ target }) => change(row.id, { value: target.value })}
                onKeyDown={(event) => moveByKey(event, index, "value")}
              />
              <span className="flex h-8 items-center">
                <IconButton
                  data-part={`up-${row.id}`}
                  label={`Move ${nth} up`}
                  disabled={index === 0}
                  onClick={() => move(index, -1, "up")}
                >
                  <ArrowUp aria-hidden="true" size={14} />
                </IconButton>
                <IconButton
                  data-part={`down-${row.id}`}
                  label={`Move ${nth} down`}
                  disabled={index === rows.length - 1}
                  onClick={() => move(index, 1, "down")}
                >
                  <ArrowDown aria-hidden="true" size={14} />
                </IconButton>
                <IconButton data-part={`remove-${row.id}`} label={`Remove ${nth}`} onClick={() => remove(index)}>
                  <X aria-hidden="true" size={14} />
                </IconButton>
              </span>
              {words !== undefined && (
                <span id={wordsId} className={`col-span-full text-small ${words === note ? "text-t3" : "text-bad"}`}>
                  {words}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <Button ref={adder} className="justify-self-start" onClick={add}>
        <Plus aria-hidden="true" size={14} />
        Add a header
      </Button>
    </fieldset>
  );
}
