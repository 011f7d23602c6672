import { useState } from "react";
import { keyWords } from "../../actions/key-words.ts";
import { ACTION_GROUPS, ACTIONS } from "../../actions/registry.ts";
import { useApp } from "../../app-context.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { TextInput, Tick } from "../../ui/field.tsx";
import { isApple } from "../../ui/platform.ts";
import { scoreOf } from "../commands/rank.ts";
import { KeyRow } from "./key-row.tsx";
import { type KeyChanges, useKeyChanges } from "./use-key-changes.ts";
import { useSetting } from "./use-setting.ts";

/** Which key does what: each can be changed. */
export function KeysSetting() {
  const changes = useKeyChanges();
  const [query, setQuery] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  if (changes === null) return null;
  const { changedIds, news, error, resetAll } = changes;
  return (
    <div className="grid gap-3">
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary className="cursor-pointer rounded-md py-1 text-t1">
          Change keys
          <span className="ml-2 text-t3">
            {changedIds.length === 0 ? "all as they came" : `${formatPlural(changedIds.length, "action")} changed`}
          </span>
        </summary>
        <div className="mt-2 flex flex-wrap gap-2">
          <TextInput
            needsEngine={false}
            type="search"
            aria-label="Find an action"
            placeholder="Find by name or key"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="w-auto flex-1 basis-40"
          />
          <Button className="h-8" disabled={changedIds.length === 0} onClick={resetAll}>
            Reset all
          </Button>
        </div>
        <p role="status" className="mt-2 text-small text-t2 empty:hidden">
          {news}
        </p>
        {error !== null && (
          <p role="alert" className="mt-2 text-small text-bad">
            {error}
          </p>
        )}
        {isOpen && <KeyGroups query={query} changes={changes} />}
      </details>
    </div>
  );
}

function KeyGroups({ query, changes }: { query: string; changes: KeyChanges }) {
  const { keymap } = changes;
  const groups = ACTION_GROUPS.map(({ title, actions }) => ({
    title,
    actions: actions.filter(({ id, label, keywords = "" }) => {
      const words = (keymap.get(id) ?? []).map((keys) => keyWords(keys, isApple()));
      return [null, ...words].some((keys) => scoreOf({ label, keywords, keys }, query) > 0);
    }),
  })).filter(({ actions }) => actions.length > 0);
  if (groups.length === 0) return <p className="mt-3 text-t3">No action answers “{query}”.</p>;
  return groups.map(({ title, actions }) => (
    <section key={title} aria-label={`Keys: ${title}`} className="mt-3">
      <h3 className="mb-0.5 text-small text-t3">{title}</h3>
      <ul className="grid">
        {actions.map((action) => (
          <KeyRow key={action.id} action={action} keys={keymap.get(action.id) ?? []} changes={changes} />
        ))}
      </ul>
    </section>
  ));
}

/** WCAG 2.2, 2.1.4: who speaks to the computer, or hits keys by chance, must be able to do without single letters. */
export function SingleKeysSetting() {
  const app = useApp();
  const setting = useSetting("singleKeys");
  if (setting === null) return null;
  return (
    <label className="flex items-start gap-2.5">
      <Tick
        checked={setting.chosen}
        onChange={(event) => app.attempt(() => setting.save(event.target.checked))}
        className="mt-px"
      />
      <span>
        <b>Single keys</b>
        <span className="block text-t3">
          Such as {keyWords(ACTIONS.find(({ id }) => id === "delivery.replay")?.keys[0] ?? "r")} for Replay. Without
          them, keys with {isApple() ? "⌘" : "Ctrl"}, function keys and arrows still work.
        </span>
      </span>
    </label>
  );
}
