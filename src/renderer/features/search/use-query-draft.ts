import { useState } from "react";
import { joinQuery, splitQuery } from "#shared/search/edit-query.ts";
import type { QueryTerm } from "#shared/search/query.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";

/** The filter as the field shows it: chips, and the text that is being written after them. */
export interface QueryDraft {
  readonly filter: string;
  readonly chips: readonly QueryTerm[];
  readonly draft: string;
  /** While `isTyping`, a term at the end is not finished and stays text. */
  write(draft: string, isTyping: boolean): void;
  /** Other chips and another draft, which is being written. */
  replace(chips: readonly QueryTerm[], draft: string): void;
  /** Makes chips of all that can be read. */
  finish(): void;
  remove(chip: QueryTerm): void;
  clear(): void;
}

/** All of it lies in the view's one string, so that whoever else sets it is shown at once. */
export function useQueryDraft(): QueryDraft {
  const app = useApp();
  const filter = useAppState(({ view }) => view.filter);
  const [isTyping, setIsTyping] = useState(false);
  const { chips, rest } = splitQuery(filter, isTyping);

  const setFilter = (text: string): void => setView(app.store, { filter: text });
  const set = (chips: readonly QueryTerm[], draft: string, isTyping: boolean): void => {
    setIsTyping(isTyping);
    setFilter(joinQuery({ chips, rest: draft }));
  };
  return {
    filter,
    chips,
    draft: rest,
    write: (draft, isTyping) => set(chips, draft, isTyping),
    replace: (chips, draft) => set(chips, draft, true),
    finish: () => setIsTyping(false),
    remove: (chip) => setFilter(joinQuery({ chips: chips.filter((other) => other !== chip), rest })),
    clear() {
      setIsTyping(false);
      setFilter("");
    },
  };
}
