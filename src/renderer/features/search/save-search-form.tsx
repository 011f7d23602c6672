import { useState } from "react";
import { MAX_SAVED_SEARCHES, SavedSearch } from "#shared/domain/settings.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { toMessage } from "../../client/to-message.ts";
import { Button } from "../../ui/button.tsx";
import { EngineForm } from "../../ui/engine-gone.tsx";
import { Field, TextInput } from "../../ui/field.tsx";
import { saveSearch } from "./saved-search-changes.ts";

/** Gives the filter of the moment a name. */
export function SaveSearchForm({ own }: { own: readonly SavedSearch[] }) {
  const app = useApp();
  const query = useAppState(({ view }) => view.filter.trim());
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const obstacle = obstacleFor(query, own);
  if (obstacle !== null) return <p className="px-3 py-2.5 text-t3">{obstacle}</p>;

  const save = async (): Promise<void> => {
    const search = SavedSearch.safeParse({ name, query });
    if (!search.success) return setError(search.error.issues[0]?.message ?? "It cannot be saved like this.");
    if (own.some((other) => other.name === search.data.name))
      return setError("There is a search of this name already.");
    try {
      await saveSearch(app, search.data);
      setName("");
      setError(null);
    } catch (failure) {
      setError(toMessage(failure));
    }
  };
  return (
    <EngineForm onSubmit={() => app.attempt(save)} className="px-3 py-2.5">
      <Field label="Save the present filter as" error={error}>
        {(ids) => (
          <div className="flex gap-2">
            <TextInput
              {...ids}
              className="flex-1"
              maxLength={60}
              placeholder="A name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Button type="submit" className="h-8">
              Save
            </Button>
          </div>
        )}
      </Field>
    </EngineForm>
  );
}

/** Why there is nothing to save, where that is so. */
function obstacleFor(query: string, own: readonly SavedSearch[]): string | null {
  if (query === "") return "Filter the list, and the filter can be saved here.";
  if (parseQuery(query).errors.length > 0)
    return "The present filter cannot be read; once it can, it can be saved here.";
  const same = own.find((search) => search.query === query);
  if (same !== undefined) return `The present filter is saved as “${same.name}”.`;
  return own.length >= MAX_SAVED_SEARCHES
    ? `${MAX_SAVED_SEARCHES} searches are saved, which is all that is kept. Delete one first.`
    : null;
}
