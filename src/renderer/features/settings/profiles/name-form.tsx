import { useState } from "react";
import { ProfileName } from "#shared/domain/profile.ts";
import { toMessage } from "../../../client/to-message.ts";
import { Button } from "../../../ui/button.tsx";
import { EngineForm } from "../../../ui/engine-gone.tsx";
import { TextInput } from "../../../ui/field.tsx";
import { describe, FieldError } from "../controls/field-error.tsx";

/** Takes a name; what is wrong with it is said beside it. */
export function NameForm(props: {
  id: string;
  label: string;
  submitLabel: string;
  start?: string;
  onSubmit: (name: string) => Promise<void>;
  onCancel?: () => void;
}) {
  const [name, setName] = useState(props.start ?? "");
  const [error, setError] = useState<string | null>(null);
  const submit = async (): Promise<void> => {
    const parsed = ProfileName.safeParse(name);
    if (!parsed.success) return setError(parsed.error.issues[0]?.message ?? "This cannot be used.");
    try {
      await props.onSubmit(parsed.data);
      setName("");
      setError(null);
    } catch (failure) {
      setError(toMessage(failure));
    }
  };
  return (
    <EngineForm
      className="grid min-w-0 flex-1 basis-60 gap-1"
      // Its failure is shown beside the field.
      onSubmit={() => void submit()}
    >
      <label htmlFor={props.id} className="font-semibold text-t1">
        {props.label}
      </label>
      <span className="flex flex-wrap gap-2">
        <TextInput
          {...describe(props.id, undefined, error)}
          className="flex-1 basis-32"
          value={name}
          placeholder="Staging"
          // Opened by a button in its place: there is nothing else to do here.
          autoFocus={props.onCancel !== undefined}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && props.onCancel?.()}
        />
        <Button type="submit" className="h-8">
          {props.submitLabel}
        </Button>
        {props.onCancel !== undefined && (
          <Button needsEngine={false} className="h-8" onClick={props.onCancel}>
            Cancel
          </Button>
        )}
      </span>
      <FieldError id={props.id} error={error} />
    </EngineForm>
  );
}
