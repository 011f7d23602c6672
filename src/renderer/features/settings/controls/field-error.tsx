/** What is wrong with a field, beside it; the field names it by this id. */
export function FieldError({ id, error }: { id: string; error: string | null }) {
  if (error === null) return null;
  return (
    <div id={errorId(id)} role="alert" className="mt-1 text-small text-bad">
      {error}
    </div>
  );
}

/** What a field needs to be tied to its description and its error. */
export function describe(id: string, describedBy: string | undefined, error: string | null) {
  const ids = [describedBy, error === null ? undefined : errorId(id)].filter((part) => part !== undefined).join(" ");
  return { id, "aria-describedby": ids === "" ? undefined : ids, "aria-invalid": error !== null || undefined };
}

function errorId(id: string): string {
  return `${id}-error`;
}
