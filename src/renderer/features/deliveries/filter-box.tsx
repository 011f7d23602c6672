import { Search, X } from "lucide-react";
import { type KeyboardEvent, Suspense, useId, useLayoutEffect, useRef } from "react";
import { formatTerm } from "#shared/search/format-query.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { MAX_QUERY_CHARS, type QueryTerm } from "#shared/search/query.ts";
import { focusRegion } from "../../actions/regions.ts";
import { lazyPart } from "../../lazy-part.tsx";
import { IconButton } from "../../ui/button.tsx";
import { ActionKey, useActionKey } from "../common/action-key.tsx";
import { QueryChip } from "../search/query-chip.tsx";
import { SavedSearches } from "../search/saved-searches.tsx";
import type { Suggestion } from "../search/suggest.ts";
import { useQueryDraft } from "../search/use-query-draft.ts";
import { isUnfinished, optionId, useSuggestions } from "../search/use-suggestions.ts";

// Nobody needs these before something is written.
const SuggestionList = lazyPart(async () => (await import("../search/suggestion-list.tsx")).SuggestionList);
const ErrorUnderline = lazyPart(async () => (await import("../search/error-underline.tsx")).ErrorUnderline);
const QueryProblem = lazyPart(async () => (await import("../search/query-problem.tsx")).QueryProblem);

/**
 * Narrows the list as one types; the engine does the search. What has a key becomes a chip once it is finished. Esc
 * closes the suggestions, then clears the filter, then leads back to the list.
 */
export function FilterBox() {
  const { aria } = useActionKey("filter.focus");
  const query = useQueryDraft();
  const { chips, draft } = query;
  const input = useRef<HTMLInputElement>(null);
  const suggestions = useSuggestions(draft, input);
  const id = useId();
  /** Where the caret goes once the draft is drawn. */
  const caretAfter = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caretAfter.current === null) return;
    input.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  });

  const errors = parseQuery(draft).errors;
  // What is being written is not wrong yet as long as there is a way to finish it.
  const isProblem = errors.length > 0 && !suggestions.isOpen && !suggestions.isFetching;

  const pick = (suggestion: Suggestion): void => {
    const before = draft.slice(0, suggestion.start) + suggestion.text;
    query.write(before + draft.slice(suggestion.end), !suggestion.isWhole);
    if (!suggestion.isWhole) caretAfter.current = before.length;
    input.current?.focus();
    if (suggestion.isWhole) suggestions.close();
    else suggestions.open();
  };
  const edit = (chip: QueryTerm): void => {
    const others = chips.filter((other) => other !== chip);
    query.replace(others, [draft.trim(), formatTerm(chip)].filter((text) => text !== "").join(" "));
    input.current?.focus();
    suggestions.open();
  };
  const finish = (): void => {
    query.finish();
    suggestions.close();
  };

  /** The button goes with what it clears; the field stays. */
  const clear = (): void => {
    query.clear();
    input.current?.focus();
  };

  const onEnter = (): void => {
    const { best, active } = suggestions;
    const isMeant = best !== undefined && (active !== -1 || isUnfinished(draft, best));
    // A key or field without a value is asked for one: the first that is offered may be the very opposite of what is looked for.
    if (isMeant && active === -1 && /[:=]$/.test(draft)) {
      suggestions.open();
      return;
    }
    if (isMeant) pick(best);
    else finish();
    if (!isMeant && errors.length === 0) focusRegion("list");
  };
  const onEscape = (): void => {
    const wasOpen = suggestions.isOpen;
    suggestions.close();
    if (wasOpen) return;
    if (query.filter !== "") query.clear();
    else focusRegion("list");
  };
  /** Answers whether the key was for us. */
  const onKey = ({ key, currentTarget, shiftKey }: KeyboardEvent<HTMLInputElement>): boolean => {
    const lastChip = chips.at(-1);
    if (key === "Enter") onEnter();
    else if (key === "Escape") onEscape();
    else if (key === "ArrowDown" && !suggestions.isOpen) suggestions.open();
    else if (key === "ArrowDown" || (key === "ArrowUp" && suggestions.isOpen))
      suggestions.move(key === "ArrowDown" ? 1 : -1);
    else if (key === "Tab" && !shiftKey && suggestions.best !== undefined) pick(suggestions.best);
    else if (key === "Backspace" && currentTarget.selectionEnd === 0 && lastChip !== undefined) query.remove(lastChip);
    else return false;
    return true;
  };

  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <search className="relative">
        <div className="flex min-h-8 items-start gap-1 rounded-md border border-edge bg-s1 py-[3px] pr-1 pl-2 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-accent">
          <Search aria-hidden="true" size={15} className="mt-1 mr-0.5 flex-none text-t3" />
          {/* Where there is no room for lines of chips, they are one line that scrolls. */}
          <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1 [scrollbar-width:none] short:flex-nowrap short:overflow-x-auto">
            {chips.length > 0 && (
              <ul aria-label="Filter" className="contents">
                {chips.map((chip) => (
                  <QueryChip
                    key={chip.start}
                    chip={chip}
                    onEdit={() => edit(chip)}
                    onRemove={() => {
                      query.remove(chip);
                      input.current?.focus();
                    }}
                  />
                ))}
              </ul>
            )}
            <div className="relative h-6 min-w-28 flex-1">
              <Suspense fallback={null}>
                {isProblem && <ErrorUnderline draft={draft} errors={errors} input={input} />}
              </Suspense>
              <input
                ref={input}
                type="text"
                role="combobox"
                data-region="filter"
                aria-label="Filter deliveries"
                aria-keyshortcuts={aria}
                aria-autocomplete="list"
                aria-expanded={suggestions.isOpen}
                aria-controls={suggestions.isOpen ? `${id}-list` : undefined}
                aria-activedescendant={
                  suggestions.active === -1 ? undefined : optionId(`${id}-list`, suggestions.active)
                }
                aria-invalid={isProblem || undefined}
                aria-describedby={isProblem ? `${id}-problem` : undefined}
                placeholder={chips.length > 0 ? "and…" : "Filter: text, type:, sig:, path=value"}
                autoComplete="off"
                autoCapitalize="off"
                enterKeyHint="search"
                spellCheck={false}
                maxLength={MAX_QUERY_CHARS - query.filter.length + draft.length}
                value={draft}
                onChange={(event) => {
                  query.write(event.target.value, true);
                  // Whoever empties the field wants to see the list, not to begin anew.
                  if (event.target.value === "") suggestions.close();
                  else suggestions.open();
                }}
                onFocus={(event) => event.target.value === "" && suggestions.open()}
                onBlur={finish}
                onKeyDown={(event) => {
                  if (!event.nativeEvent.isComposing && onKey(event)) event.preventDefault();
                }}
                className="absolute inset-0 size-full bg-transparent text-t1 outline-none placeholder:text-t3"
              />
            </div>
          </div>
          <div className="flex flex-none items-center">
            {query.filter === "" ? (
              <ActionKey id="filter.focus" className="mr-1 text-t3" />
            ) : (
              <IconButton label="Clear filter" onClick={clear}>
                <X aria-hidden="true" size={14} />
              </IconButton>
            )}
            <SavedSearches />
          </div>
        </div>
        <Suspense fallback={null}>
          {suggestions.isOpen && (
            <SuggestionList
              id={`${id}-list`}
              suggestions={suggestions.offered}
              active={suggestions.active}
              onPick={pick}
            />
          )}
        </Suspense>
      </search>
      <Suspense fallback={null}>
        {isProblem && (
          <QueryProblem
            id={`${id}-problem`}
            draft={draft}
            errors={errors}
            onRewrite={(text) => {
              query.write(text, false);
              input.current?.focus();
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
