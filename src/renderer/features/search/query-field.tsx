import { Suspense, useLayoutEffect, useRef } from "react";
import { parseQuery } from "#shared/search/parse-query.ts";
import { MAX_QUERY_CHARS } from "#shared/search/query.ts";
import { REASON_ID, useEngineGone } from "../../ui/engine-gone.tsx";
import type { FieldIds } from "../../ui/field.tsx";
import { ErrorUnderline } from "./error-underline.tsx";
import type { Suggestion } from "./suggest.ts";
import { SuggestionList } from "./suggestion-list.tsx";
import { isUnfinished, optionId, useSuggestions } from "./use-suggestions.ts";

interface Props {
  readonly ids: FieldIds;
  readonly value: string;
  readonly placeholder: string;
  readonly onChange: (query: string) => void;
}

/** A search that is written for later: with suggestions, and a line under what cannot be read. Esc closes the suggestions. */
export function QueryField({ ids, value, placeholder, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const suggestions = useSuggestions(value, input);
  const gone = useEngineGone();
  const listId = `${ids.id}-list`;
  const caretAfter = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caretAfter.current === null) return;
    input.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  });
  const { errors } = parseQuery(value);
  // What is being written is not wrong yet as long as there is a way to finish it.
  const isProblem = errors.length > 0 && !suggestions.isOpen && !suggestions.isFetching;

  const pick = (suggestion: Suggestion): void => {
    const before = value.slice(0, suggestion.start) + suggestion.text;
    onChange(before + value.slice(suggestion.end));
    caretAfter.current = before.length;
    input.current?.focus();
    if (suggestion.isWhole) suggestions.close();
    else suggestions.open();
  };
  /** Answers whether the key was for us; Enter saves the form where there is nothing to take. */
  const onKey = (key: string): boolean => {
    const { best, active, isOpen } = suggestions;
    if (key === "ArrowDown" && !isOpen) suggestions.open();
    else if (isOpen && (key === "ArrowDown" || key === "ArrowUp")) suggestions.move(key === "ArrowDown" ? 1 : -1);
    else if (isOpen && key === "Escape") suggestions.close();
    else if (key === "Enter" && best !== undefined && (active !== -1 || isUnfinished(value, best))) pick(best);
    else if (key === "Tab" && best !== undefined && active !== -1) pick(best);
    else return false;
    return true;
  };

  return (
    <div className="relative">
      <div className="flex h-8 items-center rounded-md border border-edge bg-s1 px-2 has-[input[aria-disabled]]:bg-s2 has-[input[aria-invalid]]:border-bad has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-accent">
        <div className="relative h-6 min-w-0 flex-1">
          {isProblem && <ErrorUnderline draft={value} errors={errors} input={input} />}
          <input
            ref={input}
            type="text"
            role="combobox"
            {...ids}
            aria-autocomplete="list"
            aria-expanded={suggestions.isOpen}
            aria-controls={suggestions.isOpen ? listId : undefined}
            aria-activedescendant={suggestions.active === -1 ? undefined : optionId(listId, suggestions.active)}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={MAX_QUERY_CHARS}
            placeholder={placeholder}
            value={value}
            onChange={(event) => {
              onChange(event.target.value);
              if (event.target.value === "") suggestions.close();
              else suggestions.open();
            }}
            onBlur={suggestions.close}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing || gone !== null || !onKey(event.key)) return;
              event.preventDefault();
              event.stopPropagation();
            }}
            {...(gone !== null && {
              readOnly: true,
              "aria-disabled": true,
              title: gone,
              "aria-describedby": [ids["aria-describedby"], REASON_ID].filter(Boolean).join(" "),
            })}
            className="absolute inset-0 size-full bg-transparent text-t1 outline-none placeholder:text-t3 aria-disabled:cursor-not-allowed aria-disabled:text-t3"
          />
        </div>
      </div>
      <Suspense fallback={null}>
        {suggestions.isOpen && (
          <SuggestionList id={listId} suggestions={suggestions.offered} active={suggestions.active} onPick={pick} />
        )}
      </Suspense>
    </div>
  );
}
