// biome-ignore-all lint/a11y/useSemanticElements: a combobox's list has options, which a native select cannot show while one types
// biome-ignore-all lint/a11y/useFocusableInteractive: the field has the focus and points at the active option
import clsx from "clsx";
import { useEffect, useRef } from "react";
import { SafeText } from "../../ui/safe-text.tsx";
import type { Suggestion } from "./suggest.ts";
import { optionId } from "./use-suggestions.ts";

interface Props {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  /** -1 where none is chosen. */
  readonly active: number;
  readonly onPick: (suggestion: Suggestion) => void;
}

/** What could be written here, below the field; the field keeps the focus. */
export function SuggestionList({ id, suggestions, active, onPick }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(optionId(id, active))}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);

  return (
    // The field must not lose the focus, whatever is pressed here.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      onMouseDown={(event) => event.preventDefault()}
      className="@container absolute inset-x-0 top-full z-20 mt-1 flex max-h-[max(7rem,calc(100cqh-5.5rem))] flex-col short:max-h-[max(5rem,calc(100cqh-3.75rem))] overflow-hidden rounded-md border border-edge bg-s1 shadow-xl"
    >
      <div ref={list} id={id} role="listbox" aria-label="Suggestions" className="min-h-0 overflow-y-auto py-1">
        {suggestions.map((suggestion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={suggestion.text}
            id={optionId(id, index)}
            role="option"
            aria-selected={index === active}
            onClick={() => onPick(suggestion)}
            className={clsx(
              "flex min-h-7 cursor-pointer flex-wrap items-baseline gap-x-3 px-2.5 py-1",
              index === active ? "bg-sel shadow-[inset_2px_0_0_var(--accent)]" : "hover:bg-s2",
            )}
          >
            <span className="min-w-0 font-mono text-code text-t1 wrap-anywhere @min-[20rem]:min-w-24">
              <SafeText text={suggestion.text} />
            </span>
            <span className="min-w-0 flex-1 basis-40 text-t3">
              <SafeText text={suggestion.meaning} />
            </span>
          </div>
        ))}
      </div>
      <p className="flex-none border-t short:hidden border-line bg-s2 px-2.5 py-1.5 text-small text-t3">
        Words look everywhere. <Example>quality=720p</Example> a value of the JSON body,{" "}
        <Example>sig:failed,unsigned</Example> either, <Example>-720p</Example> not.
      </p>
    </div>
  );
}

function Example({ children }: { children: string }) {
  return <code className="whitespace-nowrap text-t2">{children}</code>;
}
