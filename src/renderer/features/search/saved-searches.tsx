import { Bookmark } from "lucide-react";
import { Suspense, useRef, useState } from "react";
import { lazyPart } from "../../lazy-part.tsx";
import { IconButton } from "../../ui/button.tsx";

const SavedSearchesPanel = lazyPart(async () => (await import("./saved-searches-panel.tsx")).SavedSearchesPanel);

/** Searches by name: those that everybody needs and the user's own. */
export function SavedSearches() {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <IconButton
        ref={button}
        label="Saved searches"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Bookmark aria-hidden="true" size={14} />
      </IconButton>
      {isOpen && (
        <Suspense fallback={null}>
          <SavedSearchesPanel anchor={button} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
