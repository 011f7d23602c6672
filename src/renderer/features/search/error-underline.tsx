import { type RefObject, useLayoutEffect, useRef } from "react";
import type { QueryError } from "#shared/search/query.ts";

/** Behind the field, its text once more, unseen: only the line under what cannot be read shows. */
export function ErrorUnderline(props: {
  draft: string;
  errors: readonly QueryError[];
  input: RefObject<HTMLInputElement | null>;
}) {
  const { draft, errors, input } = props;
  const layer = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const field = input.current;
    if (field === null) return;
    const follow = (): void => {
      if (layer.current !== null) layer.current.scrollLeft = field.scrollLeft;
    };
    follow();
    field.addEventListener("scroll", follow);
    return () => field.removeEventListener("scroll", follow);
  }, [input]);

  let end = 0;
  const parts = errors.map((error) => {
    const before = draft.slice(end, error.start);
    end = error.end;
    return { error, before };
  });
  return (
    <div
      ref={layer}
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 overflow-hidden leading-6 whitespace-pre text-transparent"
    >
      {parts.map(({ error, before }) => (
        <span key={error.start}>
          {before}
          <span className="underline decoration-bad decoration-wavy decoration-1 underline-offset-3">
            {draft.slice(error.start, error.end)}
          </span>
        </span>
      ))}
      {draft.slice(end)}
    </div>
  );
}
