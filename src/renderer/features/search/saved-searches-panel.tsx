import { Trash2 } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";
import type { SavedSearch } from "#shared/domain/settings.ts";
import { focusRegion } from "../../actions/regions.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { IconButton } from "../../ui/button.tsx";
import { closeOnEscape } from "../../ui/close-on-escape.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { SaveSearchForm } from "./save-search-form.tsx";
import { BUILT_IN_SEARCHES, deleteSearch } from "./saved-search-changes.ts";

const NONE: readonly SavedSearch[] = [];

/** All searches that have a name, and the way to give one to that of the moment. */
export function SavedSearchesPanel(props: { anchor: RefObject<HTMLButtonElement | null>; onClose: () => void }) {
  const { anchor, onClose } = props;
  const app = useApp();
  const own = useAppState(({ mirror }) => mirror?.settings.values.savedSearches ?? NONE);
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // What is deleted goes with the focus, and so does the form of what is saved.
    if (document.activeElement === document.body) panel.current?.focus();
  });
  const choose = (query: string): void => {
    setView(app.store, { filter: query });
    onClose();
    focusRegion("list");
  };
  const isInButton = (target: EventTarget | null) =>
    target instanceof Node && anchor.current?.contains(target) === true;

  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={{ current: anchor.current ?? document.body }} />
      <Popover.Portal>
        <Popover.Content
          ref={panel}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Saved searches"
          onKeyDown={closeOnEscape(onClose)}
          // The button closes it by itself, and would open it again.
          onInteractOutside={(event) => isInButton(event.target) && event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Whoever chose a search is in the list by now.
            if (document.activeElement === document.body) anchor.current?.focus();
          }}
          className="z-30 max-h-(--radix-popover-content-available-height) w-[min(22rem,calc(100vw-1rem))] overflow-y-auto rounded-md border border-edge bg-s1 shadow-xl"
        >
          <Group title="For everybody">
            {BUILT_IN_SEARCHES.map((search) => (
              <li key={search.name} className="flex">
                <Choice search={search} onChoose={choose} />
              </li>
            ))}
          </Group>
          {own.length > 0 && (
            <Group title="Yours">
              {own.map((search) => (
                <li key={search.name} className="flex items-center pr-2">
                  <Choice search={search} onChoose={choose} />
                  <IconButton
                    needsEngine
                    label={`Delete ${search.name}`}
                    onClick={() => app.attempt(() => deleteSearch(app, search.name))}
                  >
                    <Trash2 aria-hidden="true" size={14} />
                  </IconButton>
                </li>
              ))}
            </Group>
          )}
          <SaveSearchForm own={own} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b border-line py-1.5">
      <h2 className="px-3 pt-0.5 pb-1 text-small font-semibold text-t3">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function Choice({ search, onChoose }: { search: SavedSearch; onChoose: (query: string) => void }) {
  return (
    <button
      type="button"
      onClick={() => onChoose(search.query)}
      className="flex min-h-7 min-w-0 flex-1 flex-wrap items-baseline gap-x-3 px-3 py-1 text-left hover:bg-s2 focus-visible:-outline-offset-2"
    >
      <span className="text-t1 wrap-anywhere">
        <SafeText text={search.name} />
      </span>
      <span className="min-w-0 truncate font-mono text-small text-t3" title={search.query}>
        <SafeText text={search.query} />
      </span>
    </button>
  );
}
