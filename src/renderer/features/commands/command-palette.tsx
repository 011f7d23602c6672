import { Command } from "cmdk";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useApp } from "../../app-context.ts";
import type { AppState } from "../../state/app-state.ts";
import { setView } from "../../state/store.ts";
import { formatPlural } from "../../theme/format.ts";
import { isApple } from "../../ui/platform.ts";
import type { EarlyKeys } from "./early-keys.tsx";
import { type Entry, type EntryGroup, findActionEntry, toChoiceEntries, toEntryGroups } from "./entries.ts";
import { PaletteEntry } from "./palette-entry.tsx";

/** How many commands are remembered as the last ones. */
const MAX_REMEMBERED = 8;

/**
 * Everything that can be done, by name, by other words for it or by its key, and the loaded deliveries to jump to. What
 * is chosen runs after the focus has gone back to where it was, so that what it opens finds its way back there too.
 */
export function CommandPalette({
  asks,
  early,
  onClose,
}: {
  asks: string | undefined;
  early: EarlyKeys;
  onClose: () => void;
}) {
  const app = useApp();
  const [opener] = useState(() => early.opener ?? document.activeElement);
  const [query, setQuery] = useState(early.text);
  const [asked, setAsked] = useState(() => findActionEntry(app.store.getState(), asks, isApple()));
  const chosen = useRef<Entry | null>(null);
  const list = useRef<HTMLDivElement>(null);
  // Of the state when it is asked for: what arrives meanwhile must not move what is being chosen.
  const groups = useMemo(() => groupsFor(app.store.getState(), asked, query), [app, asked, query]);
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);

  const ask = (entry: Entry | null): void => {
    setAsked(entry);
    setQuery("");
  };
  const choose = (entry: Entry): void => {
    if (entry.choices !== undefined) {
      ask(entry);
      return;
    }
    chosen.current = entry;
    remember(asked ?? entry);
    onClose();
  };
  const remember = ({ id, action }: Entry): void => {
    if (action === undefined) return;
    const others = app.store.getState().view.recentActions.filter((other) => other !== id);
    setView(app.store, { recentActions: [id, ...others].slice(0, MAX_REMEMBERED) });
  };
  const chooseEarly = useEffectEvent(() => {
    const first = groups[0]?.entries[0];
    if (early.isChosen && first !== undefined) choose(first);
  });
  useEffect(() => {
    // Not before Radix holds the focus: it would not give it back, and what was chosen runs after that.
    const frame = requestAnimationFrame(chooseEarly);
    return () => cancelAnimationFrame(frame);
  }, []);
  useEffect(() => {
    if (query === "") return undefined;
    // cmdk chooses the first, but brings what was chosen before into view.
    const frame = requestAnimationFrame(() => list.current?.scrollTo(0, 0));
    return () => cancelAnimationFrame(frame);
  }, [query]);
  const afterClose = (event: Event): void => {
    event.preventDefault();
    if (opener instanceof HTMLElement) opener.focus();
    chosen.current?.run(app);
  };
  /** One level back: from the choices of a command to the commands. */
  const onEscape = (event: Event): void => {
    if (asked === null) return;
    event.preventDefault();
    ask(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Radix leaves it alone while a message that came later is on the screen.
    if (event.key === "Escape" && !event.defaultPrevented) onClose();
    else if (event.key === "Backspace" && query === "" && asked !== null) ask(null);
    else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) onClose();
    else return;
    event.preventDefault();
  };

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={afterClose}
          onEscapeKeyDown={onEscape}
          className="fixed top-[10vh] left-1/2 z-30 flex max-h-[76vh] w-[min(38rem,calc(100vw-1rem))] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-line bg-s1 shadow-xl short:top-1 short:max-h-[calc(100vh-0.5rem)]"
        >
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Command
            label="Commands"
            shouldFilter={false}
            vimBindings={false}
            loop
            onKeyDown={onKeyDown}
            // Anew for the choices of a command, so that the first of them is the chosen one.
            key={asked?.id ?? "commands"}
            className="flex min-h-0 flex-col"
          >
            <div className="flex flex-none items-center gap-2 border-b border-line px-3.5">
              {asked !== null && (
                <span className="max-w-[45%] flex-none truncate rounded bg-accent-s px-1.5 py-0.5 text-small text-accent">
                  {asked.label}
                </span>
              )}
              <Command.Input
                autoFocus
                value={query}
                onValueChange={setQuery}
                maxLength={200}
                placeholder={asked === null ? "A command, its key, or a delivery" : "Choose"}
                className="h-11 w-full min-w-0 bg-transparent text-t1 outline-none placeholder:text-t3"
              />
            </div>
            <Command.List ref={list} label="Commands" className="min-h-0 flex-1 scroll-py-2 overflow-y-auto p-1.5">
              {groups.map(({ title, entries }) => (
                <Command.Group
                  key={title}
                  heading={title === "" ? undefined : title}
                  className="**:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-small **:[[cmdk-group-heading]]:text-t3"
                >
                  {entries.map((entry) => (
                    <PaletteEntry key={entry.id} entry={entry} onChoose={choose} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
            {count === 0 && (
              <p className="px-4 pb-4 text-t3">
                Nothing answers “{query}”. Commands that make no sense right now are not listed.
              </p>
            )}
          </Command>
          <p className="flex flex-none flex-wrap gap-x-4 border-t border-line px-3.5 py-1.5 text-small text-t3 short:hidden">
            <span>↑ ↓ move</span>
            <span>Enter choose</span>
            <span>Esc {asked === null ? "close" : "back"}</span>
            <span role="status" className="ml-auto">
              {formatPlural(count, asked === null ? "entry" : "choice", asked === null ? "entries" : "choices")}
            </span>
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function groupsFor(state: AppState, asked: Entry | null, query: string): readonly EntryGroup[] {
  if (asked?.choices === undefined) return toEntryGroups(state, query, isApple());
  return [{ title: "", entries: toChoiceEntries(asked.choices, query) }];
}
