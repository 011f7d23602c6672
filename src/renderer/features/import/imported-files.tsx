import { importWords, placeWords } from "#shared/import/import-words.ts";
import { formatCount } from "../../theme/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import type { FileResult } from "./import-files.ts";

const MAX_LISTED = 20;

/** What was imported of each file, and what was not and why. */
export function ImportedFiles({ results }: { results: readonly FileResult[] }) {
  return (
    <div role="status" className="grid gap-3">
      {results.map((result, index) => (
        // Two files may have one name.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
        <ImportedFile key={index} result={result} />
      ))}
    </div>
  );
}

function ImportedFile({ result }: { result: FileResult }) {
  const name = (
    <b>
      <SafeText text={result.name} />
    </b>
  );
  if (result.kind === "failed") {
    return (
      <Notice tone="bad">
        {name}: {result.message}
      </Notice>
    );
  }
  const { format, imported } = result;
  const { skipped } = imported;
  return (
    <div className="grid gap-2">
      <Notice tone={skipped.length > 0 ? "warn" : "ok"}>
        {name}: {importWords(imported)}.
      </Notice>
      {skipped.length > 0 && (
        <ul aria-label="Left out" className="grid gap-1">
          {skipped.slice(0, MAX_LISTED).map(({ number, why }) => (
            <li key={number} className="wrap-anywhere">
              <code>{placeWords(format, number)}</code>: {why}
            </li>
          ))}
          {skipped.length > MAX_LISTED && <li>and {formatCount(skipped.length - MAX_LISTED)} more</li>}
        </ul>
      )}
    </div>
  );
}
