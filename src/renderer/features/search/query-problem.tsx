import { formatTerm, quote } from "#shared/search/format-query.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import type { QueryError } from "#shared/search/query.ts";
import { scanQuery } from "#shared/search/scan-query.ts";
import { useAppState } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text.tsx";

interface Props {
  readonly id: string;
  readonly draft: string;
  readonly errors: readonly QueryError[];
  /** Takes a draft in which that place is as it was meant, or plain text. */
  readonly onRewrite: (draft: string) => void;
}

/** What is wrong in the filter, where, and what the list shows meanwhile. */
export function QueryProblem({ id, draft, errors, onRewrite }: Props) {
  const applied = useAppState(({ mirror }) => mirror?.list.query ?? "");
  const [error] = errors;
  if (error === undefined) return null;
  const rewritten = asText(draft, error);
  return (
    <div
      id={id}
      role="alert"
      tabIndex={-1}
      className="max-h-[max(4rem,calc(100cqh-6.5rem))] overflow-y-auto rounded-md bg-bad-s px-2.5 py-2 text-t1"
    >
      <p className="wrap-anywhere">
        <SafeText text={error.message} />
      </p>
      <div className="mt-1.5 flex flex-wrap items-center gap-2">
        {error.meant !== undefined && (
          <Button onClick={() => onRewrite(draft.slice(0, error.start) + error.meant + draft.slice(error.end))}>
            Use <code>{error.meant}</code>
          </Button>
        )}
        {rewritten !== null && <Button onClick={() => onRewrite(rewritten)}>Look for it as text</Button>}
        <p className="min-w-0 flex-1 basis-40 text-small text-t2 wrap-anywhere">
          Not applied: the list still shows {applied === "" ? "all deliveries" : <code>{applied}</code>}.
        </p>
      </div>
    </div>
  );
}

/** The draft with the term at fault in quotes; null where there would still be nothing to look for. */
function asText(draft: string, error: QueryError): string | null {
  const term = scanQuery(draft).find(({ start, end }) => start <= error.start && error.start < end);
  if (term === undefined) return null;
  const text = draft.slice(term.start, term.end).replace(/^-|^"/, "");
  const quoted = formatTerm({ kind: "text", text });
  const safe = parseQuery(quoted).errors.length === 0 ? quoted : quote(text);
  return parseQuery(safe).errors.length === 0 ? draft.slice(0, term.start) + safe + draft.slice(term.end) : null;
}
