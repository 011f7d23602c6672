import { Search, SearchX } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { LaunchOption } from "#shared/domain/launch-option.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { setView } from "../../state/store.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { TextInput } from "../../ui/field.tsx";
import { SearchedWords } from "./marked.tsx";
import { haystackOf, isFound, isOnThisHost, toWords } from "./search-settings.ts";
import { SectionNav } from "./section-nav.tsx";
import { SECTIONS, type SettingEntry } from "./setting-entry.ts";
import { SettingRow } from "./setting-row.tsx";
import { SETTING_TABLE } from "./setting-table.ts";
import { sectionAnchor, useSections } from "./use-sections.ts";

const NO_OPTIONS: readonly LaunchOption[] = [];

/** Everything that can be set, on one page that can be searched. Each setting is saved by itself. */
export function SettingsArea() {
  const app = useApp();
  const scroller = useRef<HTMLElement>(null);
  const [query, setQuery] = useState("");
  const asked = useAppState(({ view }) => view.section);
  const [led, setLed] = useState(asked);
  if (asked !== led) {
    // What one is led to must not be hidden by what was searched for before.
    setLed(asked);
    if (asked !== null && asked !== "search") setQuery("");
  }
  const words = useMemo(() => toWords(query), [query]);
  const found = useFound(words);
  const { current, open } = useSections(scroller);
  const search = (text: string): void => {
    setQuery(text);
    // Who searches leaves what they were led to, and may be led there again.
    setView(app.store, { section: null });
  };
  const sections = SECTIONS.filter(({ id }) => found.some(({ section }) => section === id));
  return (
    <main
      ref={scroller}
      data-region="settings"
      tabIndex={-1}
      aria-label="Settings"
      className="relative min-h-0 min-w-0 flex-1 scroll-py-4 overflow-auto bg-s1 p-4 focus-visible:-outline-offset-2 sm:p-6"
    >
      <div className="mx-auto grid max-w-4xl gap-4">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <h1 className="text-title font-[650] text-t1">Settings</h1>
          <SearchField query={query} count={words.length === 0 ? null : found.length} onChange={search} />
        </div>
        {sections.length === 0 && <NothingFound query={query} onReset={() => setQuery("")} />}
        <div className="grid gap-4 lg:grid-cols-[11.5rem_minmax(0,1fr)] lg:gap-6">
          {sections.length > 0 && <SectionNav sections={sections} current={current} onOpen={open} />}
          <SearchedWords value={words}>
            <div className="grid min-w-0 content-start gap-4">
              {sections.map(({ id, title }) => (
                <Section
                  key={id}
                  id={sectionAnchor(id)}
                  title={title}
                  entries={found.filter((e) => e.section === id)}
                />
              ))}
            </div>
          </SearchedWords>
        </div>
      </div>
    </main>
  );
}

/** The rows that the search finds. Options that this host does not have are left out. */
function useFound(words: readonly string[]): readonly SettingEntry[] {
  const values = useAppState(({ mirror }) => mirror?.settings.values);
  const launch = useAppState(({ mirror }) => mirror?.launch ?? NO_OPTIONS);
  if (values === undefined) return [];
  return SETTING_TABLE.filter(
    (entry) => isOnThisHost(entry, launch) && isFound(haystackOf(entry, values, launch), words),
  );
}

function SearchField(props: { query: string; count: number | null; onChange: (query: string) => void }) {
  return (
    <search className="flex min-w-0 flex-1 basis-60 items-center">
      <span className="relative min-w-0 flex-1">
        <Search
          aria-hidden="true"
          size={14}
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-t3"
        />
        <TextInput
          type="search"
          aria-label="Search the settings"
          id="settings-search"
          placeholder="Search: title, meaning, value, flag"
          className="pl-8"
          value={props.query}
          onChange={(event) => props.onChange(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && props.onChange("")}
        />
      </span>
      <span role="status" className="text-small text-t3 not-empty:ml-2">
        {props.count !== null && formatPlural(props.count, "setting")}
      </span>
    </search>
  );
}

function NothingFound({ query, onReset }: { query: string; onReset: () => void }) {
  return (
    <EmptyState icon={SearchX} title="No setting fits">
      <p className="wrap-anywhere">
        Nothing here says or holds <b>{query.trim()}</b>.
      </p>
      <Button onClick={onReset}>Show all settings</Button>
    </EmptyState>
  );
}

function Section({ id, title, entries }: { id: string; title: string; entries: readonly SettingEntry[] }) {
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-lg border border-line bg-s0">
      <h2 id={id} tabIndex={-1} className="border-b border-line px-3.5 py-2 font-semibold text-t1">
        {title}
      </h2>
      <div className="divide-y divide-line">
        {entries.map((entry) => (
          <SettingRow key={entry.id} entry={entry} />
        ))}
      </div>
    </section>
  );
}
