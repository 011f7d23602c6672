import { SafeText } from "../../ui/safe-text.tsx";

/** A search as it was written; an empty one finds everything. */
export function QueryText({ query }: { query: string }) {
  if (query === "") return <span>Every delivery</span>;
  return (
    <code className="text-t1 wrap-anywhere">
      <SafeText text={query} />
    </code>
  );
}
