import { formatCount, formatPlural } from "../../theme/format.ts";
import { Field } from "../../ui/field.tsx";
import { QueryField } from "../search/query-field.tsx";
import { useMatchCount } from "./use-match-count.ts";

/** Which deliveries a route or rule is for, and how many of those that are kept it would have been for. */
export function QueryRow(props: { query: string; error: string | null; onChange: (query: string) => void }) {
  const { query, error, onChange } = props;
  const count = useMatchCount(query);
  return (
    <Field
      label="Deliveries"
      hint={
        <>
          A search as in the list: type:, video:, live:, path:, sig:, a word, or quality=720p. Empty means all.{" "}
          <span role="status" className="text-t2">
            {count !== null &&
              `${formatCount(count.found)} of ${formatPlural(count.all, "delivery", "deliveries")} kept now ${count.found === 1 ? "matches" : "match"}.`}
          </span>
        </>
      }
      error={error}
    >
      {(ids) => <QueryField ids={ids} value={query} placeholder="type:live-stream" onChange={onChange} />}
    </Field>
  );
}
