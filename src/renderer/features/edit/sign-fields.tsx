import { useId } from "react";
import { Field, TextInput, Tick } from "../../ui/field.tsx";
import type { SignChoice } from "./draft.ts";

const CHOICES: readonly (readonly [SignChoice, string])[] = [
  ["webhook", "Signed anew with the webhook's secret"],
  ["secret", "Signed anew with another secret"],
  ["keep", "As it is"],
];

/** How the delivery is signed before it is sent. */
export function SignFields(props: {
  sign: SignChoice;
  secret: string;
  onSign: (sign: SignChoice) => void;
  onSecret: (secret: string) => void;
}) {
  const { sign, secret, onSign, onSecret } = props;
  const name = useId();
  return (
    <fieldset className="grid min-w-0 content-start gap-1.5">
      <legend className="mb-1 font-semibold text-t1">Signature</legend>
      {CHOICES.map(([choice, words]) => (
        <label key={choice} className="flex items-center gap-2">
          <Tick type="radio" name={name} checked={sign === choice} onChange={() => onSign(choice)} />
          {words}
        </label>
      ))}
      {sign === "secret" && (
        <Field label="Secret" hint="Used for this once, and kept nowhere.">
          {(ids) => (
            <TextInput
              {...ids}
              type="password"
              placeholder="sig_sec_…"
              maxLength={500}
              value={secret}
              onChange={({ target }) => onSecret(target.value)}
            />
          )}
        </Field>
      )}
    </fieldset>
  );
}
