import { useEffect, useState } from "react";

/** What was done for the palette while it was fetched. It is taken over by the palette, and drawn nowhere else. */
export interface EarlyKeys {
  text: string;
  /** Enter was pressed. */
  isChosen: boolean;
  /** What had the focus when it was asked for. */
  opener: Element | null;
}

export function noEarlyKeys(): EarlyKeys {
  return { text: "", isChosen: false, opener: null };
}

/** Stands where the palette will, takes what is typed, and hands it over: the first screen does not fetch the palette. */
export function EarlyPalette({ keys, onClose }: { keys: EarlyKeys; onClose: () => void }) {
  const [text, setText] = useState(keys.text);
  // Before the field takes the focus.
  useState(() => {
    keys.opener = document.activeElement;
  });
  useEffect(() => {
    keys.text = text;
  }, [keys, text]);
  return (
    <div
      role="dialog"
      aria-label="Commands"
      className="fixed top-[10vh] left-1/2 z-30 w-[min(38rem,calc(100vw-1rem))] -translate-x-1/2 rounded-lg border border-line bg-s1 px-3.5 shadow-xl short:top-1"
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the palette's own field has the focus as well
        autoFocus
        aria-label="Commands"
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") keys.isChosen = true;
          if (event.key === "Escape") onClose();
        }}
        className="h-11 w-full min-w-0 bg-transparent text-t1 outline-none"
      />
    </div>
  );
}
