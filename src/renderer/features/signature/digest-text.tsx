import clsx from "clsx";
import { digestGroups } from "./digest.ts";

/**
 * A digest in groups of eight, so that two of them stand digit below digit. What differs from `other` is underlined and
 * bold, not coloured alone.
 */
export function DigestText({ text, other = null }: { text: string; other?: string | null }) {
  return (
    <code className="flex min-w-0 flex-wrap gap-x-[1ch]">
      {digestGroups(text, other).map((runs) => (
        <span key={runs[0]?.offset} className="wrap-anywhere">
          {runs.map(({ offset, text: run, differs }) => (
            <span
              key={offset}
              className={clsx(differs && "bg-bad-s font-semibold text-bad underline decoration-2 underline-offset-2")}
            >
              {run}
            </span>
          ))}
        </span>
      ))}
    </code>
  );
}
