import { Search, X } from "lucide-react";
import { focusRegion } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { IconButton } from "../../ui/button.tsx";
import { ActionKey, useActionKey } from "../common/action-key.tsx";

/** As long as the command takes it. */
const MAX_CHARS = 1_000;

/** Narrows the list as one types; the engine does the search. Esc clears it, and from an empty box leads back. */
export function FilterBox() {
  const app = useApp();
  const filter = useAppState(({ view }) => view.filter);
  const { aria } = useActionKey("filter.focus");
  const setFilter = (text: string): void => setView(app.store, { filter: text });
  return (
    <div className="relative flex items-center">
      <Search aria-hidden="true" size={15} className="pointer-events-none absolute left-2.5 text-t3" />
      <input
        type="search"
        data-region="filter"
        aria-label="Filter deliveries"
        aria-keyshortcuts={aria}
        placeholder="Filter by text, type or id"
        autoComplete="off"
        spellCheck={false}
        maxLength={MAX_CHARS}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && filter !== "") setFilter("");
          else if (event.key === "Escape" || event.key === "Enter" || event.key === "ArrowDown") focusRegion("list");
          else return;
          event.preventDefault();
        }}
        className="h-8 w-full min-w-0 rounded-md border border-edge bg-s1 pr-9 pl-8 text-t1 [&::-webkit-search-cancel-button]:hidden placeholder:text-t3"
      />
      <span className="absolute right-1.5 flex">
        {filter === "" ? (
          <ActionKey id="filter.focus" className="mr-1 text-t3" />
        ) : (
          <IconButton label="Clear filter" onClick={() => setFilter("")}>
            <X aria-hidden="true" size={14} />
          </IconButton>
        )}
      </span>
    </div>
  );
}
