import type { CommandInput } from "#shared/contract/types.ts";
import { useAppState } from "../../app-context.ts";
import { Field, Select } from "../../ui/field.tsx";

const SIGNATURES = [
  ["valid", "Valid"],
  ["wrong-secret", "With another webhook's secret"],
  ["missing", "Missing"],
  ["reserialised", "Over re-serialised JSON"],
] as const;

const DIALECTS = [
  ["auto", "That of the event"],
  ["api-video", "api.video's own"],
  ["tutorial", "The tutorial's"],
] as const;

const WAYS = [
  ["listener", "Straight to the listener"],
  ["public-url", "Through the public URL"],
] as const;

/** How simulated events are signed and shaped, and which way they come. */
export interface SendingChoice {
  readonly signature: (typeof SIGNATURES)[number][0];
  readonly dialect: (typeof DIALECTS)[number][0];
  readonly via: (typeof WAYS)[number][0];
}

export const AS_EVER: SendingChoice = { signature: "valid", dialect: "auto", via: "listener" };

type How = Pick<CommandInput<"simulator.trigger">, "signature" | "dialect" | "via">;

export function toHow({ dialect, ...choice }: SendingChoice): How {
  return { ...choice, ...(dialect !== "auto" && { dialect }) };
}

export function SendingFields({ choice, onChange }: { choice: SendingChoice; onChange: (to: SendingChoice) => void }) {
  const hasPublicUrl = useAppState(({ mirror }) => mirror?.tunnel.url != null);
  return (
    <>
      <Field label="Signature">
        {(ids) => (
          <Select
            {...ids}
            value={choice.signature}
            onChange={({ target }) => onChange({ ...choice, signature: toKnown(SIGNATURES, target.value) })}
          >
            <Options choices={SIGNATURES} />
          </Select>
        )}
      </Field>
      <Field label="Payload shape">
        {(ids) => (
          <Select
            {...ids}
            value={choice.dialect}
            onChange={({ target }) => onChange({ ...choice, dialect: toKnown(DIALECTS, target.value) })}
          >
            <Options choices={DIALECTS} />
          </Select>
        )}
      </Field>
      <Field label="Way" hint={hasPublicUrl ? undefined : "The public URL needs an open tunnel."}>
        {(ids) => (
          <Select
            {...ids}
            value={choice.via}
            onChange={({ target }) => onChange({ ...choice, via: toKnown(WAYS, target.value) })}
          >
            <Options choices={WAYS} disabled={hasPublicUrl ? null : "public-url"} />
          </Select>
        )}
      </Field>
    </>
  );
}

/** What a select offers; one of them may be off. */
export function Options(props: { choices: readonly (readonly [string, string])[]; disabled?: string | null }) {
  return props.choices.map(([name, words]) => (
    <option key={name} value={name} disabled={name === props.disabled}>
      {words}
    </option>
  ));
}

/** The first choice where the value is none of them, which a select made from them cannot give. */
export function toKnown<T extends string>(
  choices: readonly [readonly [T, string], ...(readonly [T, string])[]],
  value: string,
): T {
  return (choices.find(([name]) => name === value) ?? choices[0])[0];
}
