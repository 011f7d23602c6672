import { type RefObject, useState } from "react";
import { parseQuery } from "#shared/search/parse-query.ts";
import { useApp } from "../../app-context.ts";
import { deliveriesOf } from "../../state/selectors.ts";
import type { Suggestion, suggest } from "./suggest.ts";

/** What is offered at the caret, and which of it the arrow keys have reached. */
export interface Suggestions {
  readonly isOpen: boolean;
  /** True for a moment at first: what there is to offer is only fetched once somebody writes. */
  readonly isFetching: boolean;
  readonly offered: readonly Suggestion[];
  /** -1 where none is chosen. */
  readonly active: number;
  /** What Enter and Tab take: the one chosen, or the first where a word was begun. */
  readonly best: Suggestion | undefined;
  open(): void;
  close(): void;
  move(step: 1 | -1): void;
}

const NONE: readonly Suggestion[] = [];

/** `draft` and the caret in it decide; the deliveries are those of this moment, as it is drawn with each letter anyhow. */
export function useSuggestions(draft: string, input: RefObject<HTMLInputElement | null>): Suggestions {
  const app = useApp();
  const [isWanted, setIsWanted] = useState(false);
  const [find, setFind] = useState<typeof suggest | null>(null);
  const [chosen, setChosen] = useState({ draft, index: -1 });
  const active = chosen.draft === draft ? chosen.index : -1;
  const caret = input.current?.selectionStart ?? draft.length;
  const place = Math.min(caret, draft.length);
  const found = (isWanted && find?.(draft, place, deliveriesOf(app.store.getState()))) || NONE;
  const offered = hasFaultBeside(draft, found[0]) ? NONE : found;
  const isBegun = offered[0] !== undefined && offered[0].end > offered[0].start;

  return {
    isOpen: offered.length > 0,
    isFetching: isWanted && find === null,
    offered,
    active,
    best: offered[active] ?? (isBegun ? offered[0] : undefined),
    open() {
      setIsWanted(true);
      if (find !== null) return;
      app.attempt(async () => {
        const { suggest } = await import("./suggest.ts");
        setFind(() => suggest);
      });
    },
    close() {
      setIsWanted(false);
      setChosen({ draft, index: -1 });
    },
    move(step) {
      // One place before the first is none: what was written is as it was.
      const places = offered.length + 1;
      setChosen({ draft, index: ((active + 1 + step + places) % places) - 1 });
    },
  };
}

/** What is wrong at another place than the one that is written at must be read first: the list would cover it. */
function hasFaultBeside(draft: string, written: Suggestion | undefined): boolean {
  if (written === undefined) return false;
  return parseQuery(draft).errors.some(({ start, end }) => end <= written.start || start >= written.end);
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** True where the last term cannot be read as it stands, so that Enter had better complete it. */
export function isUnfinished(draft: string, { start, end }: Suggestion): boolean {
  return parseQuery(draft.slice(start, end)).errors.length > 0;
}
