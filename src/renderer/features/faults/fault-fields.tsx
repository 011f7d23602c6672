import { type ReactNode, useState } from "react";
import { Fault, groupSize } from "#shared/domain/fault.ts";
import { Field, Select, TextInput } from "../../ui/field.tsx";
import { FAULT_KINDS, firstFault } from "./fault-kinds.ts";

/** What the engine would not have: which parameter, and why. */
export interface FaultRefusal {
  readonly field: string;
  readonly message: string;
}

interface Props {
  readonly value: Fault;
  /** Given what stands in the fields, which `Fault` may not allow: a number that is none is NaN. */
  readonly onChange: (fault: Fault) => void;
  readonly refusal?: FaultRefusal | null;
}

/** The choice of a fault, with the parameters that its kind has; each says what is wrong with it. */
export function FaultFields({ value, onChange, refusal = null }: Props) {
  const issues = Fault.safeParse(value).error?.issues ?? [];
  const errorOf = (field: string): string | null =>
    issues.find(({ path }) => path[0] === field)?.message ?? (refusal?.field === field ? refusal.message : null);
  const isOfGroups = groupSize(value) > 1;
  return (
    <>
      <Field label="What goes wrong" error={errorOf("kind")}>
        {(ids) => (
          <Select
            {...ids}
            value={value.kind}
            onChange={({ target }) => {
              const kind = FAULT_KINDS.find(([name]) => name === target.value)?.[0];
              if (kind !== undefined) onChange(firstFault(kind, value.every));
            }}
          >
            {FAULT_KINDS.map(([kind, words]) => (
              <option key={kind} value={kind}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Parameters value={value} errorOf={errorOf} onChange={onChange} />
      <NumberField
        label={isOfGroups ? "Every n-th group" : "Every n-th delivery"}
        hint={isOfGroups ? "1 for every group." : "1 for every one."}
        value={value.every}
        error={errorOf("every")}
        onChange={(every) => onChange({ ...value, every })}
      />
    </>
  );
}

function Parameters({ value, errorOf, onChange }: Omit<Props, "refusal"> & { errorOf: (f: string) => string | null }) {
  switch (value.kind) {
    case "duplicate":
      return (
        <NumberField
          label="How many times"
          hint="From 2 to 20."
          value={value.times}
          error={errorOf("times")}
          onChange={(times) => onChange({ ...value, times })}
        />
      );
    case "reorder":
      return (
        <NumberField
          label="Deliveries in a group"
          hint="From 2 to 100. Each group is held back until it is whole."
          value={value.window}
          error={errorOf("window")}
          onChange={(window) => onChange({ ...value, window })}
        />
      );
    case "delay":
      return (
        <NumberField
          label="Milliseconds late"
          hint="At most 600 000, ten minutes."
          value={value.ms}
          error={errorOf("ms")}
          onChange={(ms) => onChange({ ...value, ms })}
        />
      );
    case "burst":
      return (
        <NumberField
          label="Deliveries in a burst"
          hint="From 2 to 100. They are held back until there are so many."
          value={value.count}
          error={errorOf("count")}
          onChange={(count) => onChange({ ...value, count })}
        />
      );
    case "slow":
      return (
        <NumberField
          label="Bytes per second"
          hint="From 1 to 1 000 000. Most events have some 200 bytes."
          value={value.bytesPerSecond}
          error={errorOf("bytesPerSecond")}
          onChange={(bytesPerSecond) => onChange({ ...value, bytesPerSecond })}
        />
      );
    case "truncate":
      return (
        <>
          <PlaceField
            label="What is sent"
            word="half"
            words={["The first half of the body", "So many of its bytes"]}
            numberLabel="Bytes sent"
            value={value.keep}
            error={errorOf("keep")}
            onChange={(keep) => onChange({ ...value, keep })}
          />
          <Field label="How it ends" error={errorOf("framing")}>
            {(ids) => (
              <Select
                {...ids}
                value={value.framing}
                onChange={({ target }) =>
                  onChange({ ...value, framing: target.value === "fitted" ? "fitted" : "broken-off" })
                }
              >
                <option value="fitted">As a whole request with a shorter body</option>
                <option value="broken-off">The connection breaks off</option>
              </Select>
            )}
          </Field>
        </>
      );
    case "change-byte":
      return (
        <PlaceField
          label="Which byte"
          word="middle"
          words={["The one in the middle", "One that I name"]}
          numberLabel="Bytes before it"
          value={value.at}
          error={errorOf("at")}
          onChange={(at) => onChange({ ...value, at })}
        />
      );
    case "missing-header":
      return (
        <Field label="Header" error={errorOf("name")}>
          {(ids) => (
            <TextInput
              {...ids}
              className="font-mono text-code"
              maxLength={200}
              value={value.name}
              onChange={({ target }) => onChange({ ...value, name: target.value.trim() })}
            />
          )}
        </Field>
      );
    case "drop":
    case "reserialise":
    case "wrong-secret":
      return null;
  }
}

/** A place in the body: where a word says, or at a number. */
function PlaceField<W extends string>(props: {
  label: string;
  word: W;
  words: readonly [word: string, number: string];
  numberLabel: string;
  value: W | number;
  error: string | null;
  onChange: (value: W | number) => void;
}) {
  const { label, word, words, numberLabel, value, error, onChange } = props;
  return (
    <>
      <Field label={label}>
        {(ids) => (
          <Select
            {...ids}
            value={value === word ? "word" : "number"}
            onChange={({ target }) => onChange(target.value === "word" ? word : 0)}
          >
            <option value="word">{words[0]}</option>
            <option value="number">{words[1]}</option>
          </Select>
        )}
      </Field>
      {typeof value === "number" && <NumberField label={numberLabel} value={value} error={error} onChange={onChange} />}
    </>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: number;
  readonly error: string | null;
  readonly onChange: (value: number) => void;
}

/** Keeps what was typed, also where that is no number yet. */
function NumberField({ label, hint, value, error, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  // The number is another one without anything having been typed: a kind was chosen that has a like field.
  if (!Object.is(toNumber(text), value)) setText(String(value));
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            onChange(toNumber(target.value));
          }}
        />
      )}
    </Field>
  );
}

/** NaN for what is none. */
export function toNumber(text: string): number {
  const digits = text.replaceAll(/[\s_]/g, "");
  return digits === "" ? Number.NaN : Number(digits);
}
