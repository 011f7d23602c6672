import { useState } from "react";
import { keyWords } from "../../actions/key-words.ts";
import { keymapOf, keySettingsOf } from "../../actions/keys-in-force.ts";
import { ACTION_GROUPS } from "../../actions/registry.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { formatPlural } from "../../theme/format.ts";
import { Button } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Modal } from "../../ui/modal.tsx";
import { isApple } from "../../ui/platform.ts";
import { scoreOf } from "../commands/rank.ts";
import { goToSetting } from "../settings/go-to-setting.ts";

/** Every key in force, by what it does. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const [query, setQuery] = useState("");
  const { singleKeys } = useAppState(keySettingsOf);
  const groups = useSheet(query);
  const count = groups.reduce((sum, { lines }) => sum + lines.length, 0);
  const change = (): void => {
    onClose();
    // After the dialog has given the focus back.
    requestAnimationFrame(() => goToSetting(app, "shortcuts"));
  };
  return (
    <Modal
      title="Keys"
      description={singleKeys ? "Single keys rest while you type." : "Single keys are switched off."}
      onClose={onClose}
    >
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <TextInput
          type="search"
          aria-label="Find a key"
          placeholder="Find by name or key"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="w-auto flex-1 basis-40"
        />
        <Button className="h-8" onClick={change}>
          Change keys
        </Button>
        <span role="status" className="sr-only">
          {query === "" ? "" : formatPlural(count, "key")}
        </span>
      </div>
      {count === 0 && <p className="text-t3">No key answers “{query}”.</p>}
      <div className="gap-x-6 sm:columns-2">
        {groups.map(({ title, lines }) => (
          <section key={title} className="mb-4">
            <h3 className="mb-1 break-after-avoid font-semibold text-t1">{title}</h3>
            <dl className="grid gap-y-1">
              {lines.map(({ id, label, keys }) => (
                <div key={id} className="flex break-inside-avoid items-baseline gap-3">
                  <dt className="min-w-0 flex-1">{label}</dt>
                  <dd className="flex flex-none flex-wrap justify-end gap-1 text-t3">
                    <span className="sr-only">{keys.join(" or ")}</span>
                    {keys.map((words) => (
                      <Kbd key={words}>{words}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

/** The actions with a key that answer the query, by group. */
function useSheet(query: string) {
  const keymap = useAppState(keymapOf);
  return ACTION_GROUPS.map(({ title, actions }) => ({
    title,
    lines: actions.flatMap(({ id, label, keywords = "" }) => {
      const keys = (keymap.get(id) ?? []).map((one) => keyWords(one, isApple()));
      const isFound = keys.some((words) => scoreOf({ label, keywords, keys: words }, query) > 0);
      return isFound ? [{ id, label, keys }] : [];
    }),
  })).filter(({ lines }) => lines.length > 0);
}
