import { type ReactNode, useState } from "react";
import type * as z from "zod";
import { keepFocus } from "../../actions/regions.ts";
import { Button } from "../../ui/button.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import type { InPlace } from "./use-in-place.ts";

interface Props<T> {
  readonly label: string;
  readonly place: InPlace;
  readonly schema: z.ZodType<T>;
  /** What stands in the fields, as it will be checked. */
  readonly draft: unknown;
  readonly isNew: boolean;
  readonly onSave: (item: T) => Promise<string | null>;
  /** The fields, given what is wrong with each. */
  readonly children: (errorOf: (field: string) => string | null) => ReactNode;
}

/** Fields that are kept together: each shows what is wrong with it, once it was tried to keep them. */
export function NamedForm<T>({ label, place, schema, draft, isNew, onSave, children }: Props<T>) {
  const [wasTried, setWasTried] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const parsed = schema.safeParse(draft);
  const issues = parsed.success ? [] : parsed.error.issues;
  const errorOf = (field: string): string | null =>
    wasTried ? (issues.find(({ path }) => path[0] === field)?.message ?? null) : null;

  const submit = async (): Promise<void> => {
    setWasTried(true);
    if (!parsed.success) return;
    const problem = await onSave(parsed.data);
    setRefusal(problem);
    if (problem !== null) return;
    place.close();
    // Under another name it is another row.
    keepFocus();
  };
  return (
    <EngineForm
      ref={place.form}
      aria-label={label}
      onKeyDown={place.onKeyDown}
      // Its failure is shown in it.
      onSubmit={() => void submit()}
      className="grid gap-3 rounded-md border border-line bg-s1 p-3"
    >
      {children(errorOf)}
      {refusal !== null && (
        <p role="alert" className="text-bad wrap-anywhere">
          {refusal}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary">
          {isNew ? "Add" : "Save"}
        </Button>
        <Button needsEngine={false} onClick={place.close}>
          Cancel
        </Button>
      </div>
    </EngineForm>
  );
}
