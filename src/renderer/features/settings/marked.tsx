import { createContext, Fragment, useContext } from "react";
import { markPieces } from "./search-settings.ts";

/** The words that the page is searched for. */
export const SearchedWords = createContext<readonly string[]>([]);

/** A text in which what was searched for stands out. */
export function Marked({ children }: { children: string }) {
  const words = useContext(SearchedWords);
  if (words.length === 0) return children;
  return markPieces(children, words).map(({ text, isMarked }, index) =>
    // Pieces have no identity but their place in the text.
    isMarked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <mark key={index} className="rounded-sm bg-warn-s text-t1 underline decoration-warn decoration-2">
        {text}
      </mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <Fragment key={index}>{text}</Fragment>
    ),
  );
}
